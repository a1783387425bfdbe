package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.Numbering;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.sidecars.stdout.Line;
import dev.tiphys.sidecars.stdout.LineRule;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the {@code stdoutwatcher}: from the place where the last one left off to the end of
 * the task. It can be killed at any time; the next life publishes again what was not known to be
 * published, with the same ids and numbers.
 */
final class StdoutSidecar implements LineSink {
  private static final Logger LOG = LoggerFactory.getLogger(StdoutSidecar.class);

  /** How much of what is published a kill may make the next life publish again. */
  private static final Duration KEEP_EVERY = Duration.ofMillis(100);

  private final StateFolder state;
  private final Publisher publisher;
  private final Progress progress;
  private final LogSource log;
  private final Place begin;
  private final Stream stream;
  private final String streamName;
  private final LineRule rule;
  private final OnStop onStop;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CompletableFuture<Void> failed = new CompletableFuture<>();

  /** Number of the last event. */
  private long queued;

  /** The last place that the log gave to resume at, with the number of events before it. */
  private Place resume;

  private long gaps;

  private StdoutSidecar(
      StdoutSettings settings, LogSource log, Transport transport, Surroundings surroundings) {
    this.log = log;
    this.stream = settings.stream();
    this.streamName = stream.name().toLowerCase(Locale.ROOT);
    this.rule = LineRule.of(settings.lines());
    this.onStop = settings.common().onStop();
    this.state =
        new StateFolder(
            settings.common().state(), settings.common().contract().origin().container());
    this.begin = state.place();
    this.resume = begin;
    this.queued = begin.events();
    this.progress = new Progress(begin, queued);
    this.publisher =
        Publisher.start(
            settings.common().contract(),
            streamName,
            new Numbering(queued + 1, progress::acknowledged),
            transport,
            surroundings);
  }

  /** Begins to read and to publish. */
  static StdoutSidecar start(
      StdoutSettings settings, LogSource log, Transport transport, Surroundings surroundings) {
    StdoutSidecar sidecar = new StdoutSidecar(settings, log, transport, surroundings);
    LOG.info("begins after event {}", sidecar.queued);
    if (sidecar.state.stopped()) {
      sidecar.stopped();
    }
    sidecar
        .publisher
        .done()
        .exceptionally(
            cause -> {
              sidecar.failed.completeExceptionally(cause);
              return null;
            });
    Thread.ofPlatform().daemon().name("log").start(sidecar::follow);
    Thread.ofVirtual().name("keep").start(sidecar::keep);
    return sidecar;
  }

  /** Says that the task is being stopped; it has yet to end. */
  void stopped() {
    if (onStop == OnStop.DRAIN || !stopped.compareAndSet(false, true)) {
      return;
    }
    LOG.info("the task is being stopped: what is not published is thrown away");
    progress.stop();
    publisher.discard();
    try {
      state.keepStopped();
    } catch (IOException e) {
      LOG.warn("a next life will not know of the stop: {}", e.toString());
    }
  }

  /**
   * Says that the task has ended; returns when its stream has.
   *
   * @return whether all of it is published
   */
  boolean end(Duration grace) throws InterruptedException {
    log.end();
    return publisher.endsWithin(grace);
  }

  /** Completes, exceptionally, when the log cannot be read any further. */
  CompletableFuture<Void> failed() {
    return failed.copy();
  }

  private void follow() {
    try {
      log.follow(begin, this);
      publisher.end();
    } catch (IOException | RuntimeException e) {
      LOG.error("the log cannot be read any further", e);
      failed.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void line(Output output, Line line, long number, Place after) throws InterruptedException {
    Optional<Emission> emission =
        watched(output) ? rule.emission(line, output.text(), number) : Optional.empty();
    if (emission.isPresent()) {
      publish(emission.get(), after);
    } else {
      advance(after);
      progress.passed(resume);
    }
  }

  /** Whatever lines the rule picks, one of those that lack may have been such a line. */
  @Override
  public void gap(Gap gap, Place after) throws InterruptedException {
    gaps++;
    LOG.warn("gap {} of this life: {}", gaps, gap);
    publish(gap.emission(streamName), after);
  }

  private void publish(Emission emission, Place after) throws InterruptedException {
    queued++;
    advance(after);
    progress.queued(queued, resume);
    publisher.publish(emission);
  }

  /** A place that is not the last one again stands right after what was just read. */
  private void advance(Place after) {
    Place counted = after.withEvents(resume.events());
    if (!counted.equals(resume)) {
      resume = after.withEvents(queued);
    }
  }

  private boolean watched(Output output) {
    return switch (stream) {
      case STDOUT -> output == Output.STDOUT;
      case STDERR -> output == Output.STDERR;
      case BOTH -> true;
    };
  }

  private void keep() {
    Place kept = begin;
    try {
      while (!publisher.done().isDone()) {
        Thread.sleep(KEEP_EVERY);
        Place now = progress.place();
        if (!now.equals(kept)) {
          state.keep(now);
          kept = now;
        }
      }
    } catch (IOException e) {
      LOG.error("the place in the log cannot be kept; a restart would publish again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
