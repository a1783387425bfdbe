package dev.tiphys.sidecars.publish;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A life of a sidecar as a process, which can be killed at any time. Its sink is here: it gets an
 * event's number and data by a pipe, and acknowledges by another.
 */
public final class Life implements AutoCloseable {
  private final Process process;
  private final DataInputStream events;

  /** Gets one event; the marker at a stream's end has no data. */
  public interface Sink {
    void take(long number, String data);
  }

  private Life(Process process) {
    this.process = process;
    this.events = new DataInputStream(process.getInputStream());
  }

  /**
   * Begins one.
   *
   * @param main its program, whose events go to a {@link PipeTransport}
   */
  public static Life begin(Class<?> main, int megabytes, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new Life(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Takes one event and acknowledges it; false if the life has ended. */
  public boolean next(Sink sink) throws IOException {
    long number;
    String data;
    try {
      number = events.readLong();
      data = events.readUTF();
    } catch (EOFException e) {
      return false;
    }
    sink.take(number, data);
    process.getOutputStream().write(1);
    process.getOutputStream().flush();
    return true;
  }

  /** Waits for its end. */
  public int exitCode() {
    return process.onExit().join().exitValue();
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
