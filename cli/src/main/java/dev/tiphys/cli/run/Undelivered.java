package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.event.EventTypes;
import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Events that did not reach what they were for. */
final class Undelivered implements BrokerEvents {
  private static final int REASON_LIMIT = 120;
  private static final int TYPE_LIMIT = 60;

  /** Reasons that are counted one by one: senders can bring about ever new ones. */
  static final int REASONS_MAX = 100;

  /** What the events of all further reasons are counted as. */
  static final String OTHER = "other reasons";

  private final AtomicLong deadLettered = new AtomicLong();
  private final BoundedCounts reasons = new BoundedCounts(REASONS_MAX, OTHER);
  private final AtomicLong loops = new AtomicLong();
  private final BiConsumer<CloudEvent, String> notBegun;
  private final BiConsumer<Trigger, CloudEvent> ended;
  private final EventAccounts accounts;
  private final AtomicLong refused = new AtomicLong();
  private volatile String last = "";
  private volatile String lastRefused = "";

  /**
   * @param notBegun is told of each event that was to begin a run and did not, and why
   * @param ended is told of each delivery that has ended, well or not
   * @param accounts the broker's books
   */
  Undelivered(
      BiConsumer<CloudEvent, String> notBegun,
      BiConsumer<Trigger, CloudEvent> ended,
      EventAccounts accounts) {
    this.accounts = accounts;
    this.notBegun = notBegun;
    this.ended = ended;
  }

  /** The sender was told that it is not taken. */
  void refused(CloudEvent event, Subscriber.Response response) {
    refused.incrementAndGet();
    lastRefused = text(event, response);
    reasons.count(lastRefused);
  }

  private static String text(CloudEvent event, Subscriber.Response response) {
    return Escaped.text(event.getType(), TYPE_LIMIT)
        + ": "
        + Escaped.text(response.problem(), REASON_LIMIT);
  }

  @Override
  public void delivered(Trigger trigger, CloudEvent event, Subscriber.Response response) {
    ended.accept(trigger, event);
  }

  @Override
  public void deadLettered(Trigger trigger, CloudEvent event, Subscriber.Response response) {
    accounts.deadLettered(trigger, event);
    ended.accept(trigger, event);
    deadLettered.incrementAndGet();
    last = text(event, response);
    reasons.count(last);
    if (event.getType().equals(EventTypes.RUN_BEGIN)) {
      notBegun.accept(event, response.problem());
    }
  }

  @Override
  public void lost(Trigger trigger, CloudEvent event, Subscriber.Response response) {
    deadLettered(trigger, event, response);
  }

  @Override
  public void droppedLoop(CloudEvent event) {
    loops.incrementAndGet();
  }

  /** How many ran in a loop. */
  long loops() {
    return loops.get();
  }

  /** How many could not be used, by type and reason. */
  SortedMap<String, Long> reasons() {
    return reasons.counts();
  }

  /** One line for each kind of trouble that there was. */
  List<String> warnings(long unsigned) {
    List<String> lines = new ArrayList<>();
    if (unsigned > 0) {
      lines.add(
          "%s dropped: it claimed to come from the run's tasks and is not signed by the run"
              .formatted(events(unsigned)));
    }
    if (refused.get() > 0) {
      lines.add("%s refused; last, %s".formatted(events(refused.get()), lastRefused));
    }
    if (deadLettered.get() > 0) {
      lines.add("%s could not be used; last, %s".formatted(events(deadLettered.get()), last));
    }
    if (loops.get() > 0) {
      lines.add("%s dropped: they ran in a loop".formatted(events(loops.get())));
    }
    return lines;
  }

  private static String events(long count) {
    return count == 1 ? "1 event" : "%,d events".formatted(count);
  }
}
