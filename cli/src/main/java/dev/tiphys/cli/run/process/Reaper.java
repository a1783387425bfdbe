package dev.tiphys.cli.run.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that ends all others of a session when its owner has gone, be it by SIGKILL: it holds
 * the other end of a pipe of the owner's. It finds the processes by the session's mark, and what
 * descends from them. Where there is no {@code /proc} it finds none.
 */
final class Reaper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);

  /** What is killed may just have started another one, so it looks more than once. */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      tree() {
        echo "$1"
        for child in $(cat /proc/"$1"/task/*/children); do tree "$child"; done
      }
      read -r nothing
      for look in 1 2 3 4 5 6 7 8 9 10; do
        found=$(grep -lzxF "$1" /proc/[0-9]*/environ)
        [ -n "$found" ] || exit 0
        kill -KILL $(for file in $found; do pid=${file#/proc/}; tree "${pid%/environ}"; done)
        sleep 0.1
      done
      """;

  /** One that ends sooner cannot live here, and is not started again. */
  private static final Duration LEAST_LIFE = Duration.ofSeconds(1);

  private final Session session;
  private @Nullable Process process;
  private boolean closed;

  Reaper(Session session) {
    this.session = session;
  }

  synchronized void start() {
    if (closed) {
      return;
    }
    long begin = System.nanoTime();
    try {
      Process started = builder().start();
      process = started;
      CompletableFuture<?> _ =
          started.onExit().thenRun(() -> ended(Duration.ofNanos(System.nanoTime() - begin)));
    } catch (IOException e) {
      LOG.debug("tasks outlive a tiphys that is killed", e);
    }
  }

  private void ended(Duration life) {
    if (life.compareTo(LEAST_LIFE) > 0) {
      start();
    }
  }

  private ProcessBuilder builder() {
    SearchPath path = new SearchPath("/usr/bin:/bin");
    List<String> command = new ArrayList<>();
    // whoever kills the process group of tiphys is not to kill this one with it
    path.resolve("setsid", Path.of("/")).ifPresent(command::add);
    command.addAll(
        List.of("/bin/sh", "-c", SCRIPT, "tiphys-reaper", Session.VARIABLE + "=" + session.text()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", path.path());
    return builder;
  }

  /** To be called when nothing is left to end. */
  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
