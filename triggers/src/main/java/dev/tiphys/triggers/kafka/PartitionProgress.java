package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.delivery.Entry;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How far one Trigger has got in one partition. Deliveries end in any order; what may be committed
 * is the place before the first that has not, so that after a crash none of them is missed.
 */
final class PartitionProgress {
  private final KafkaSettings.Room room;
  private final NavigableSet<Long> open = new TreeSet<>();
  private long next;
  private long bytes;
  private int underWay;
  private boolean revoked;

  PartitionProgress(KafkaSettings.Room room) {
    this.room = room;
  }

  /** A record was read that is to be delivered; what it gets is told how that goes. */
  synchronized Entry.Sender read(long offset, int size) {
    next = offset + 1;
    open.add(offset);
    bytes += size;
    return new Delivery(offset, size);
  }

  /** A record was read that this Trigger has nothing to do with. */
  synchronized void pass(long offset) {
    next = offset + 1;
  }

  /** Where somebody who reads on after a crash has to begin. */
  synchronized long position() {
    return open.isEmpty() ? next : open.first();
  }

  /** Records before that place that are to be read yet, and those whose delivery has not ended. */
  synchronized long behind(long end) {
    return open.size() + Math.max(0, end - next);
  }

  /** Whether no more is to be read now. */
  synchronized boolean full() {
    return open.size() >= room.events() || bytes >= room.bytes();
  }

  /** Begins no further delivery, and waits a while for those that are under way. */
  synchronized void revoke(Duration grace) throws InterruptedException {
    revoked = true;
    long deadline = System.nanoTime() + grace.toNanos();
    long left = grace.toNanos();
    while (underWay > 0 && left > 0) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = deadline - System.nanoTime();
    }
  }

  private synchronized boolean begin() {
    if (!revoked) {
      underWay++;
    }
    return !revoked;
  }

  private synchronized void end(long offset, int size) {
    open.remove(offset);
    bytes -= size;
    underWay--;
    notifyAll();
  }

  private final class Delivery implements Entry.Sender {
    private final long offset;
    private final int size;

    Delivery(long offset, int size) {
      this.offset = offset;
      this.size = size;
    }

    @Override
    public boolean begin() {
      return PartitionProgress.this.begin();
    }

    @Override
    public void ended() {
      end(offset, size);
    }

    @Override
    public boolean insists() {
      return true;
    }
  }
}
