package dev.tiphys.sidecars.logs;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings when something in a folder has changed, which need not be there yet. Until it is, and where
 * the kernel gives no more watches (128 for all of root's processes by default), it rings every few
 * milliseconds instead.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Path folder;
  private final Bell bell;
  private final Thread thread;

  private FolderWatch(Path folder, Bell bell) {
    this.folder = folder;
    this.bell = bell;
    this.thread = Thread.ofVirtual().name("folder-watch").unstarted(this::watch);
  }

  static FolderWatch start(Path folder, Bell bell) {
    FolderWatch watch = new FolderWatch(folder, bell);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      pollUntil(Files.isDirectory(folder));
      watchByKernel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pollUntil(boolean there) throws InterruptedException {
    for (boolean enough = there; !enough; enough = Files.isDirectory(folder)) {
      bell.ring();
      Thread.sleep(POLL);
    }
  }

  private void watchByKernel() throws InterruptedException {
    try (WatchService watches = folder.getFileSystem().newWatchService()) {
      folder.register(
          watches, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      bell.ring();
      for (boolean valid = true; valid; ) {
        WatchKey key = watches.take();
        key.pollEvents();
        valid = key.reset();
        bell.ring();
      }
    } catch (IOException | ClosedWatchServiceException e) {
      LOG.info("{} is polled, as it cannot be watched: {}", folder, e.toString());
    }
    while (true) {
      bell.ring();
      Thread.sleep(POLL);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
