package dev.tiphys.tests.simulation;

import dev.tiphys.functions.run.OutsideMemory;
import java.lang.reflect.Field;

/**
 * The engine's bounds, asked of the classes that are there: they may be others than those that this
 * one was compiled with, whose constants it would have.
 */
final class Limits {
  private static final int OBJECT_MAX = of(OutsideMemory.class.getName(), "OBJECT_MAX");
  private static final int PARTS_MAX = of(OutsideMemory.class.getName(), "PARTS_MAX");
  private static final int KEPT_MAX = of("dev.tiphys.functions.Folding", "KEPT_MAX");

  private Limits() {}

  /** Events from outside in a run's object before older ones go into a part. */
  static int objectMax() {
    return OBJECT_MAX;
  }

  static int partsMax() {
    return PARTS_MAX;
  }

  /** Ended instances of a step. */
  static int keptMax() {
    return KEPT_MAX;
  }

  private static int of(String type, String constant) {
    try {
      Field field = Class.forName(type).getDeclaredField(constant);
      field.setAccessible(true);
      return field.getInt(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
