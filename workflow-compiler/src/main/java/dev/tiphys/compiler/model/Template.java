package dev.tiphys.compiler.model;

import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a step can call. */
public sealed interface Template {
  Located<String> name();

  List<Input> inputs();

  /** Its inputs that each event starts an instance by. */
  default Stream<Input> createInputs() {
    return inputs().stream().filter(Input::creates);
  }

  /** The input of that name. */
  default Optional<Input> input(String name) {
    return inputs().stream().filter(i -> i.name().value().equals(name)).findFirst();
  }

  /** A container or a script. */
  record Task(
      Located<String> name,
      List<Input> inputs,
      Work work,
      List<Sidecar> sidecars,
      @Nullable Located<Integer> parallelism,
      @Nullable Located<ConcurrencyPolicy> concurrencyPolicy,
      Pod pod)
      implements Template {
    /** Whether events start it. */
    public boolean eventStarted() {
      return createInputs().findAny().isPresent();
    }
  }

  /** Groups of steps, one after the other. */
  record Steps(Located<String> name, List<Input> inputs, List<List<Step>> groups)
      implements Template {
    /** All its steps, whatever group they stand in. */
    public Stream<Step> steps() {
      return groups.stream().flatMap(List::stream);
    }
  }

  /** One whose content makes no sense, which has been reported: only its name is known. */
  record Broken(Located<String> name) implements Template {
    @Override
    public List<Input> inputs() {
      return List.of();
    }
  }
}
