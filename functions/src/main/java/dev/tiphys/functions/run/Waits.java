package dev.tiphys.functions.run;

import dev.tiphys.functions.port.Instance;
import java.util.Collection;
import java.util.Comparator;

/** For what the instances of a step wait that were let go and do not begin. */
public final class Waits {
  private Waits() {}

  /** What the oldest of them says; empty if none has anything to say. */
  public static String of(Collection<Instance> instances) {
    return instances.stream()
        .filter(i -> i.state() == Instance.State.PENDING && !i.message().isEmpty())
        .min(Comparator.comparing(Instance::createdAt).thenComparing(Instance::name))
        .map(Instance::message)
        .orElse("");
  }
}
