package dev.tiphys.sidecars.file;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks through the volume again and again. */
final class Polling implements Source {
  private final Scan scan;
  private final Duration interval;
  private final CountDownLatch ended = new CountDownLatch(1);

  Polling(Scan scan, Duration interval) {
    this.scan = scan;
    this.interval = interval;
  }

  @Override
  public void run() throws IOException, InterruptedException {
    do {
      scan.all(folder -> {});
    } while (!ended.await(interval.toNanos(), TimeUnit.NANOSECONDS));
    scan.all(folder -> {});
  }

  @Override
  public void end() {
    ended.countDown();
  }
}
