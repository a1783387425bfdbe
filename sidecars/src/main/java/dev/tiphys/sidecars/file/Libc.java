package dev.tiphys.sidecars.file;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The functions of Linux's C library that {@link Inotify} calls. For one thread. */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle INIT = function("inotify_init1", JAVA_INT, JAVA_INT);
  private static final MethodHandle ADD =
      function("inotify_add_watch", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle REMOVE =
      function("inotify_rm_watch", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ =
      function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

  private final MemorySegment state;

  /**
   * @param arena where it keeps the last error
   */
  Libc(Arena arena) {
    this.state = arena.allocate(STATE);
  }

  /** Why the last call that returned less than 0 did so. */
  int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  int inotifyInit(int flags) {
    try {
      return (int) INIT.invokeExact(state, flags);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  int inotifyAddWatch(int descriptor, MemorySegment path, int mask) {
    try {
      return (int) ADD.invokeExact(state, descriptor, path, mask);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  int inotifyRemoveWatch(int descriptor, int watch) {
    try {
      return (int) REMOVE.invokeExact(state, descriptor, watch);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  int poll(MemorySegment descriptors, long count, int millis) {
    try {
      return (int) POLL.invokeExact(state, descriptors, count, millis);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  long read(int descriptor, MemorySegment buffer) {
    try {
      return (long) READ.invokeExact(state, descriptor, buffer, buffer.byteSize());
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  int close(int descriptor) {
    try {
      return (int) CLOSE.invokeExact(state, descriptor);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** What a handle to a C function throws is a mistake of ours in calling it. */
  private static IllegalStateException thrown(Throwable e) {
    return new IllegalStateException(e);
  }

  @SuppressWarnings("restricted") // the JVM is allowed to by an option
  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, parameters),
        Linker.Option.captureCallState("errno"));
  }
}
