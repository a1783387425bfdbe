package dev.tiphys.sidecars.stdout;

import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns lines into events with the data {@code {"content", "stream", "line"}}, {@code "truncated":
 * true} on a line that was cut, and what else their {@link LineRule} has found. It reads to the end
 * whatever happens to the events, so a task is held up by a full queue and by nothing else.
 */
public final class StdoutWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(StdoutWatcher.class);

  private final Publisher publisher;
  private final LineRule rule;
  private final int maxLine;

  /** Where the lines go, and what becomes of them. */
  public StdoutWatcher(Publisher publisher, Lines lines) {
    this.publisher = publisher;
    this.rule = LineRule.of(lines);
    this.maxLine = lines.maxLine();
  }

  /** Watches outputs, by name, and ends the publisher's stream after the last has ended. */
  public void start(Map<String, InputStream> outputs) {
    CountDownLatch open = new CountDownLatch(outputs.size());
    outputs.forEach((name, in) -> Thread.ofVirtual().name(name).start(() -> watch(name, in, open)));
    Thread.startVirtualThread(() -> endAfter(open));
  }

  private void watch(String name, InputStream in, CountDownLatch open) {
    try (in) {
      publishLines(name, new LineReader(in, maxLine));
    } catch (IOException e) {
      LOG.warn("{} cannot be read any further: {}", name, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.countDown();
    }
  }

  private void publishLines(String name, LineReader lines)
      throws IOException, InterruptedException {
    Optional<Line> line = lines.next();
    for (long number = 1; line.isPresent(); number++, line = lines.next()) {
      Optional<Emission> emission = rule.emission(line.get(), name, number);
      if (emission.isPresent()) {
        publisher.publish(emission.get());
      }
    }
  }

  private void endAfter(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.end();
  }
}
