package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.stdout.Line;
import dev.tiphys.sidecars.stdout.LineRule;
import dev.tiphys.triggers.plan.EventSidecar.Format;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the runtime's log file to the data of events, for each line of it; in this package, since
 * nobody else reads such files. Beside it the bare bytes of that file, and their line ends counted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 2)
public class ReadingBenchmark {
  private static final int LINES = 100_000;
  private static final int BUFFER_BYTES = 64 << 10;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private Path file = Path.of("");

  /** Writes the file as the runtime does; each line is also JSON, and has a pattern's groups. */
  @Setup
  public void write() throws IOException {
    file = Files.createTempFile("reading-", ".log");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < LINES; i++) {
        out.write(
            "2026-01-02T03:04:05.%09dZ stdout F {\"epoch\": %d, \"loss\": 0.%d}\n"
                .formatted(i, i, i));
      }
    }
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long bareFile() throws IOException {
    long lines = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long everyLine() throws IOException, InterruptedException {
    return read(Lines.EVERY);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long linesOfAPattern() throws IOException, InterruptedException {
    return read(new Lines("\"loss\": (?P<loss>[0-9.]+)", Format.LINE, Lines.MAX_LINE));
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long linesOfJson() throws IOException, InterruptedException {
    return read(new Lines(null, Format.JSON, Lines.MAX_LINE));
  }

  private long read(Lines rules) throws IOException, InterruptedException {
    Counting counting = new Counting(LineRule.of(rules));
    CriLines lines = new CriLines(Place.START, rules.maxLine(), counting);
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        lines.read(buffer, n);
      }
    }
    if (counting.events != LINES) {
      throw new IllegalStateException(counting.events + " events of " + LINES + " lines");
    }
    return counting.bytes;
  }

  private static final class Counting implements LineSink {
    private final LineRule rule;
    private long events;
    private long bytes;

    Counting(LineRule rule) {
      this.rule = rule;
    }

    @Override
    public void line(Output output, Line line, long number, Place resume) {
      rule.emission(line, output.text(), number)
          .ifPresent(
              emission -> {
                events++;
                bytes += emission.data().toBytes().length;
              });
    }

    @Override
    public void gap(Gap gap, Place resume) {
      throw new IllegalStateException("nothing lacks");
    }
  }
}
