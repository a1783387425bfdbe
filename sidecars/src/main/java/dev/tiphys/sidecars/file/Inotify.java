package dev.tiphys.sidecars.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Linux's notifications of changes in folders, as inotify(7) has them. Java's own WatchService is
 * made of them and keeps two things back that are wanted here: that a file was closed after
 * writing, and what was renamed to what. For one thread.
 */
final class Inotify implements AutoCloseable {
  static final int MODIFY = 0x2;
  static final int ATTRIB = 0x4;
  static final int CLOSE_WRITE = 0x8;
  static final int MOVED_FROM = 0x40;
  static final int MOVED_TO = 0x80;
  static final int CREATE = 0x100;
  static final int DELETE = 0x200;
  static final int OVERFLOW = 0x4000;
  static final int IGNORED = 0x8000;
  static final int IS_FOLDER = 0x4000_0000;

  private static final int FOLDERS_ALONE = 0x0100_0000;
  private static final int NO_LINKS = 0x0200_0000;
  private static final int WATCHED =
      MODIFY | ATTRIB | CLOSE_WRITE | MOVED_FROM | MOVED_TO | CREATE | DELETE;

  private static final int NONBLOCK_AND_CLOEXEC = 0x8_0800;
  private static final short POLLIN = 1;
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int HEADER_BYTES = 16;

  private static final int ENOENT = 2;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int ENOTDIR = 20;
  private static final int ENOSPC = 28;

  private final Arena arena = Arena.ofConfined();
  private final Libc libc = new Libc(arena);
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);

  /** A {@code struct pollfd}: descriptor, events to wait for, events that came. */
  private final MemorySegment polled = arena.allocate(Long.BYTES, Integer.BYTES);

  private final int descriptor;

  private Inotify() throws UnavailableException {
    descriptor = libc.inotifyInit(NONBLOCK_AND_CLOEXEC);
    if (descriptor < 0) {
      int errno = libc.errno();
      arena.close();
      throw new UnavailableException("the user has too many inotify instances: errno " + errno);
    }
  }

  /** The kernel gives no notifications, or no more of them: the caller has to look by itself. */
  static final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    UnavailableException(String why) {
      super(why);
    }
  }

  /** Who is told. */
  @FunctionalInterface
  interface Listener {
    /**
     * Of one notification.
     *
     * @param mask what has happened
     * @param cookie the same in both halves of a rename
     * @param name of what in the folder it is about, to be read before this returns; empty: it is
     *     about the folder itself
     */
    void on(int watch, int mask, int cookie, ByteBuffer name) throws IOException;
  }

  /**
   * Opens it.
   *
   * @throws UnavailableException if this is no Linux, or its user has too many open
   */
  static Inotify open() throws UnavailableException {
    // not by Libc, which cannot be loaded where they are missing
    if (Linker.nativeLinker().defaultLookup().find("inotify_init1").isEmpty()) {
      throw new UnavailableException("this system has no inotify");
    }
    return new Inotify();
  }

  /**
   * Watches what is in a folder; a folder that is watched already keeps its number.
   *
   * @return the watch's number; empty if there is no such folder, or it cannot be read
   * @throws UnavailableException if the user has too many watches
   */
  Optional<Integer> add(String folder) throws IOException {
    try (Arena once = Arena.ofConfined()) {
      int watch =
          libc.inotifyAddWatch(
              descriptor, once.allocateFrom(folder), WATCHED | FOLDERS_ALONE | NO_LINKS);
      return watch < 0 ? notAdded(folder, libc.errno()) : Optional.of(watch);
    }
  }

  private static Optional<Integer> notAdded(String folder, int errno) throws IOException {
    return switch (errno) {
      case ENOENT, ENOTDIR, EACCES -> Optional.empty();
      case ENOSPC -> throw new UnavailableException("the user has too many inotify watches");
      default -> throw new IOException(folder + " cannot be watched: errno " + errno);
    };
  }

  /** Ends a watch. What was notified before may still come; its number does not come again. */
  void remove(int watch) {
    libc.inotifyRemoveWatch(descriptor, watch);
  }

  /**
   * Waits until there are notifications, or the time is over, and tells some of them.
   *
   * @return whether there were any
   */
  boolean read(int millis, Listener listener) throws IOException {
    polled.set(JAVA_INT, 0, descriptor);
    polled.set(JAVA_SHORT, Integer.BYTES, POLLIN);
    if (libc.poll(polled, 1, millis) <= 0) {
      return false;
    }
    long length = libc.read(descriptor, buffer);
    if (length < 0 && libc.errno() != EAGAIN && libc.errno() != EINTR) {
      throw new IOException("notifications cannot be read: errno " + libc.errno());
    }
    long at = 0;
    while (at < length) {
      int nameBytes = buffer.get(JAVA_INT, at + 12);
      listener.on(
          buffer.get(JAVA_INT, at),
          buffer.get(JAVA_INT, at + 4),
          buffer.get(JAVA_INT, at + 8),
          name(at + HEADER_BYTES, nameBytes));
      at += HEADER_BYTES + nameBytes;
    }
    return length > 0;
  }

  /** Without the zeros that fill it up. */
  private ByteBuffer name(long at, int length) {
    int end = 0;
    while (end < length && buffer.get(JAVA_BYTE, at + end) != 0) {
      end++;
    }
    return buffer.asSlice(at, end).asByteBuffer();
  }

  @Override
  public void close() {
    libc.close(descriptor);
    arena.close();
  }
}
