package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.stdout.Line;
import dev.tiphys.sidecars.stdout.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a container's log through the API server. Each connection gives the log from its
 * beginning, and what was read before is skipped.
 *
 * <p>The API shows no more than the kubelet's newest file: who writes more than {@code
 * containerLogMaxSize} (10 MiB by default) while the connection is cut is to use log files.
 */
final class ApiLog implements LogSource {
  private static final Logger LOG = LoggerFactory.getLogger(ApiLog.class);
  private static final Duration RETRY = Duration.ofMillis(100);

  /** Before a log is read again that had come to an end, the container's most likely, or failed. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final LogRequest request;
  private final Bell bell = new Bell();
  private final int maxLine;
  private Place place = Place.START;
  private volatile boolean ended;

  /**
   * @param maxLine how many bytes of a line are kept
   */
  ApiLog(LogRequest request, int maxLine) {
    this.request = request;
    this.maxLine = maxLine;
  }

  /** Asks for the whole log, and for what is still to come. */
  @FunctionalInterface
  interface LogRequest {
    /** Empty as long as there is no log to read. */
    Optional<InputStream> open() throws IOException, InterruptedException;
  }

  @Override
  public void end() {
    ended = true;
    bell.ring();
  }

  @Override
  public void follow(Place from, LineSink sink) throws InterruptedException {
    place = from;
    boolean whole = false;
    while (!whole) {
      // only a log that was asked for after the end is surely whole
      boolean last = ended;
      Duration pause = RETRY;
      try {
        Optional<InputStream> log = request.open();
        if (log.isPresent()) {
          pause = AGAIN;
          read(log.get(), last, sink);
        }
        whole = last;
      } catch (IOException e) {
        pause = AGAIN;
        LOG.warn("the log cannot be read now, after line {}: {}", place.either(), e.toString());
      }
      if (!whole) {
        bell.await(pause);
      }
    }
  }

  private void read(InputStream log, boolean last, LineSink sink)
      throws IOException, InterruptedException {
    try (log) {
      LineReader lines = new LineReader(log, maxLine);
      Optional<Line> line = lines.next();
      for (long number = 1; line.isPresent(); number++, line = lines.next()) {
        // a connection may end in the middle of a line
        if (number > place.either() && (last || !lines.cut())) {
          place = place.plus(Output.EITHER);
          sink.line(Output.EITHER, line.get(), number, place);
        }
      }
    }
  }
}
