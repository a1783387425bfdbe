package dev.tiphys.functions.deadletter;

import dev.tiphys.functions.LogLimit;
import dev.tiphys.functions.deadletter.Addressees.Addressee;
import dev.tiphys.functions.deadletter.Pending.Batch;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.RunParts.Owner;
import dev.tiphys.functions.port.RunParts.Part;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.triggers.delivery.Scheduler;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps events that were given up on. Anybody may bring some about, so what each owner may have is
 * bounded, in room and in writes: the first letter is written at once, and what comes within the
 * pace of a write is written together, later.
 */
public final class DeadLetters implements AutoCloseable {
  /** From one write of an owner's parts to the next, on a cluster. */
  public static final Duration PACE = Duration.ofMinutes(1);

  /**
   * Owners for which something waits at once; what is for others then is counted in metrics alone.
   */
  static final int OWNERS_MAX = 1_000;

  /** What waits for all runs together, and again for all plans together, in characters: 4 MiB. */
  static final int PENDING_MAX_CHARACTERS = 4 << 20;

  /** Tries to write a part that others write too, before it waits for the next time. */
  private static final int TRIES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final Addressees addressees;
  private final RunParts parts;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final Duration pace;
  private final LogLimit log;

  /** Guarded by itself; nothing is read or written elsewhere meanwhile. */
  private final Map<Owner, Pending> pending = new HashMap<>();

  private boolean closed;

  /**
   * @param scheduler runs what is to be written later
   * @param pace from one write of an owner's parts to the next
   */
  public DeadLetters(
      Plans plans,
      Runs runs,
      Keys keys,
      RunParts parts,
      InstantSource clock,
      Scheduler scheduler,
      Duration pace) {
    this.addressees = new Addressees(plans, runs, keys, clock);
    this.parts = parts;
    this.clock = clock;
    this.scheduler = scheduler;
    this.pace = pace;
    this.log = new LogLimit(clock);
  }

  /** What became of a write: what is still to be written, and when. */
  private record Written(Batch rest, Instant due) {}

  /**
   * Keeps an event, or counts it where there is no room.
   *
   * @param plan id of the plan whose Trigger gave up on it; empty: nobody says
   * @return false if nobody owns it, so that it is not even counted
   * @throws Unavailable if it cannot be told now whose it is
   */
  public boolean keep(String plan, CloudEvent event, Refusal refusal) {
    Optional<Addressee> addressee = addressees.of(plan, event);
    addressee.ifPresent(
        to ->
            add(
                to.owner(),
                DeadLetter.of(event, refusal, to.workflow(), to.run(), clock.instant())));
    return addressee.isPresent();
  }

  private void add(Owner owner, DeadLetter letter) {
    boolean first;
    synchronized (pending) {
      Pending its = pending.get(owner);
      if (its == null) {
        forgetIdle();
        if (pending.size() >= OWNERS_MAX) {
          return;
        }
        its = new Pending();
        pending.put(owner, its);
      }
      its.add(letter, room(owner));
      first = !its.underWay();
      its.underWay(true);
    }
    if (first) {
      writeWhenDue(owner);
    }
  }

  /** Those that may be written at once have no need to be remembered. */
  private void forgetIdle() {
    Instant now = clock.instant();
    pending.values().removeIf(its -> its.empty() && !its.underWay() && !now.isBefore(its.due()));
  }

  /** What may still wait for owners of its kind, in characters. */
  private int room(Owner owner) {
    return PENDING_MAX_CHARACTERS
        - pending.entrySet().stream()
            .filter(entry -> entry.getKey().getClass().equals(owner.getClass()))
            .mapToInt(entry -> entry.getValue().characters())
            .sum();
  }

  /** Writes now or later; whoever calls this has said that it is under way. */
  private void writeWhenDue(Owner owner) {
    Duration wait;
    synchronized (pending) {
      Pending its = pending.get(owner);
      if (its == null || its.empty() || closed) {
        if (its != null) {
          its.underWay(false);
        }
        return;
      }
      wait = Duration.between(clock.instant(), its.due());
    }
    if (wait.isPositive()) {
      scheduler.runAfter(wait, () -> writeWhenDue(owner));
    } else {
      write(owner, false);
      writeWhenDue(owner);
    }
  }

  /**
   * Writes one part.
   *
   * @param last whether there will be no other time
   */
  private void write(Owner owner, boolean last) {
    Pending its;
    synchronized (pending) {
      its = pending.get(owner);
    }
    if (its == null) {
      return;
    }
    its.writing().lock();
    try {
      write(owner, its, last);
    } finally {
      its.writing().unlock();
    }
  }

  private void write(Owner owner, Pending its, boolean last) {
    Batch batch;
    synchronized (pending) {
      if (its.empty()) {
        return;
      }
      batch = its.take();
    }
    Written written = written(owner, batch, last);
    synchronized (pending) {
      its.due(written.due());
      its.putBack(written.rest(), room(owner));
    }
  }

  private Written written(Owner owner, Batch batch, boolean last) {
    Instant next = clock.instant().plus(pace);
    try {
      for (int attempt = 0; attempt < TRIES; attempt++) {
        List<Part> stored = stored(owner);
        List<LetterPart> read = stored.stream().map(it -> LetterPart.read(it.data())).toList();
        Instant due = due(read);
        if (clock.instant().isBefore(due) && !last) {
          return new Written(batch, due);
        }
        Filing filing = Filing.of(read, batch.letters(), batch.unkept(), clock.instant());
        Part part = stored.get(filing.shard()).withData(filing.part().text());
        if (parts.write(part).isPresent()) {
          return new Written(new Batch(filing.rest(), 0), next);
        }
      }
      return new Written(batch, next);
    } catch (Unavailable e) {
      log.admit("unavailable", more -> LOG.warn("dead letters wait: {}{}", e.getMessage(), more));
      return new Written(batch, next);
    } catch (Refused e) {
      log.admit("refused", more -> LOG.warn("dead letters are not kept: {}{}", e.reason(), more));
      return new Written(batch.countedAlone(), next);
    }
  }

  /** The owner's parts, those that there are not yet as empty ones. */
  private List<Part> stored(Owner owner) {
    return IntStream.range(0, Filing.PARTS_MAX)
        .mapToObj(
            shard ->
                parts
                    .find(owner, LetterPart.PURPOSE, shard)
                    .orElseGet(() -> Part.create(owner, LetterPart.PURPOSE, shard)))
        .toList();
  }

  /** Others write the same parts: each pod of the functions, one after the other. */
  private Instant due(List<LetterPart> read) {
    Instant written =
        read.stream().map(LetterPart::written).max(Instant::compareTo).orElse(Instant.EPOCH);
    Instant latest = clock.instant().plus(pace);
    Instant due = written.plus(pace);
    // somebody else's clock may be ahead
    return due.isAfter(latest) ? latest : due;
  }

  /** Writes what waits, without regard to the pace. What comes meanwhile may be lost. */
  public void flush() {
    List<Owner> owners;
    synchronized (pending) {
      owners = new ArrayList<>(pending.keySet());
    }
    for (Owner owner : owners) {
      // also where nothing waits: somebody may be writing just now, and not be able to
      write(owner, true);
      for (int part = 1; part < Filing.PARTS_MAX && waits(owner); part++) {
        write(owner, true);
      }
    }
  }

  private boolean waits(Owner owner) {
    synchronized (pending) {
      Pending its = pending.get(owner);
      return its != null && !its.empty();
    }
  }

  /** Writes what waits; nothing is written afterwards. */
  @Override
  public void close() {
    synchronized (pending) {
      closed = true;
    }
    flush();
    long left;
    synchronized (pending) {
      left = pending.values().stream().filter(its -> !its.empty()).count();
    }
    if (left > 0) {
      LOG.warn("dead letters of {} runs and plans could not be written", left);
    }
  }
}
