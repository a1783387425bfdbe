package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Gathered;
import dev.tiphys.functions.run.Gathered.Open;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepIndex;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Verdict;
import dev.tiphys.triggers.plan.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins and windows of one step: what waits becomes sets, and each set becomes one instance. A set
 * is closed by writing the run; its instance is created afterwards, by whoever looks first.
 */
final class Gathering {
  /** Values that a step keeps; what cannot be kept makes its publisher wait. */
  static final int VALUES_MAX = 1_000;

  /** What waits in a run, and likewise its closed sets, in bytes of its object (etcd's limit). */
  static final long BYTES_MAX = 256 * 1024;

  private final Plan plan;
  private final View view;
  private final Run run;
  private final String path;
  private final Instant now;
  private final TaskTemplate task;
  private final Step step;
  private final List<Input.FromEvent> inputs;
  private final List<Effect> effects = new ArrayList<>();
  private Node.Armed node;
  private @Nullable String undecided;

  Gathering(Plan plan, StepIndex steps, View view, Run run, String path, Instant now) {
    this.plan = plan;
    this.view = view;
    this.run = run;
    this.path = path;
    this.now = now;
    this.node = run.armed(path);
    this.task = plan.task(node.template());
    this.step = Steps.of(steps, run, node);
    this.inputs = task.createInputs();
  }

  /** The step as it is to be. */
  Node.Armed node() {
    return node;
  }

  /** Why the condition of a set that was closed could not be decided; empty if none was. */
  Optional<String> undecided() {
    return Optional.ofNullable(undecided);
  }

  /** The step without the sets whose instance is there: that is the memory from now on. */
  static Node.Armed seen(Run run, View view, String path, Node.Armed node) {
    TreeMap<Long, SortedMap<String, String>> unseen = new TreeMap<>(node.sets().closed());
    unseen.keySet().removeIf(number -> view.exists(SetCause.instance(run, path, number)));
    return unseen.size() == node.sets().closed().size()
        ? node
        : node.with(node.sets().withClosed(unseen));
  }

  /**
   * Takes the values that an event has for inputs, by key.
   *
   * @return why there is no room for them now: then nothing of this is to be written; empty where
   *     there was
   */
  Optional<String> add(SortedMap<String, SortedMap<String, String>> values) {
    Optional<String> busy = Optional.empty();
    for (Map.Entry<String, SortedMap<String, String>> ofKey : values.entrySet()) {
      busy = busy.or(() -> add(ofKey.getKey(), ofKey.getValue()));
    }
    return busy;
  }

  private Optional<String> add(String key, SortedMap<String, String> values) {
    if (node.sets().closedBytes() > BYTES_MAX) {
      return Optional.of("instances of " + task.name() + " are still to be created");
    }
    Window window = inputs.getFirst().window();
    return window == null
        ? join(key, values)
        : window(key, values.firstKey(), values.get(values.firstKey()), window);
  }

  /** Closes the windows whose time is over. */
  void closeDue() {
    List.copyOf(node.sets().open().keySet()).forEach(key -> closeDue(key, now));
  }

  /** Nothing comes any more for these inputs: what waits for them is done with. */
  void end(Set<String> over) {
    if (inputs.getFirst().window() != null) {
      finish();
      return;
    }
    node = node.with(node.sets().ending(over));
    node.sets()
        .open()
        .forEach(
            (key, open) -> {
              if (over.stream().anyMatch(input -> open.of(input).isEmpty())) {
                skip(key, open);
              }
            });
  }

  /** Nothing comes any more: windows are closed with what they have. */
  void finish() {
    boolean join = inputs.getFirst().window() == null;
    node.sets()
        .open()
        .forEach(
            (key, open) -> {
              if (join) {
                skip(key, open);
              } else {
                close(key);
              }
            });
  }

  /**
   * What is to be done, in order: who is replaced is stopped, and what is closed is created.
   *
   * @param gated whether each has to wait for {@code advance}
   */
  List<Effect> effects(boolean gated) {
    List<Instance> others = view.at(path);
    int active = View.active(others);
    boolean gate = gated || View.gated(others) > 0 || plan.parallelism() != null;
    for (Map.Entry<Long, SortedMap<String, String>> set : node.sets().closed().entrySet()) {
      if (!view.exists(SetCause.instance(run, path, set.getKey()))) {
        gate |= active >= task.limit();
        active++;
        effects.add(creation(set.getKey(), set.getValue(), gate));
      }
    }
    return effects;
  }

  private Effect creation(long number, SortedMap<String, String> values, boolean gate) {
    SortedMap<String, String> all = Values.inputs(task, step, valuesWith(values));
    all.putAll(values);
    return new Effect.CreateInstance(
        InstanceSpecs.caused(run, path, task, all, SetCause.of(path, number), node.epoch(), gate));
  }

  /** An event adds one value to an input at most, so it completes one set at most. */
  private Optional<String> join(String key, SortedMap<String, String> values) {
    Gathered sets = node.sets();
    Open open = sets.at(key);
    for (Map.Entry<String, String> value : values.entrySet()) {
      open = open.with(value.getKey(), new Gathered.Value(value.getValue(), null));
    }
    Open more = open;
    if (sets.ended().stream().anyMatch(input -> more.of(input).isEmpty())) {
      skip(key, more);
    } else if (inputs.stream().noneMatch(input -> more.of(input.name()).isEmpty())) {
      node = node.with(sets.with(key, more.tails()));
      close(more.heads());
    } else if (full(key, values.values())) {
      return Optional.of(
          "%s holds values that wait for a partner: %,d, and all of the run %,d bytes; at most %,d, and %,d bytes"
              .formatted(task.name(), sets.size(), openBytes(), VALUES_MAX, BYTES_MAX));
    } else {
      node = node.with(sets.with(key, more));
    }
    return Optional.empty();
  }

  /** No window waits for room: one that is closed early loses nothing, a wait could be for ever. */
  private Optional<String> window(String key, String input, @Nullable String value, Window window) {
    Gathered.Value added =
        new Gathered.Value(Objects.requireNonNull(value), time(key, input, window));
    if (added.at() != null && !closeDue(key, added.at())) {
      return Optional.of("windows of " + task.name() + " are still to be closed");
    }
    if (array(node.sets().at(key).of(input), added).isEmpty()) {
      close(key);
    }
    while (full(key, List.of(added.text())) && !node.sets().open().isEmpty()) {
      close(fullest());
    }
    if (full(key, List.of(added.text()))) {
      return Optional.of("the run holds %,d bytes of waiting values".formatted(openBytes()));
    }
    Open open = node.sets().at(key).with(input, added);
    if (window instanceof Window.Time time && added.at() != null && open.closesAt() == null) {
      open = open.until(added.at().plus(time.size()));
    }
    node = node.with(node.sets().with(key, open));
    if (window instanceof Window.Count count && open.size() == count.size()) {
      slide(key, input, window);
    }
    return Optional.empty();
  }

  /** Never before those that came before, whatever the clocks of the functions say. */
  private @Nullable Instant time(String key, String input, Window window) {
    if (!(window instanceof Window.Time)) {
      return null;
    }
    List<Gathered.Value> before = node.sets().at(key).of(input);
    Instant last = before.isEmpty() ? null : before.getLast().at();
    return last == null || last.isBefore(now) ? now : last;
  }

  /** False if there is no room yet for all that is due. */
  private boolean closeDue(String key, Instant at) {
    String input = inputs.getFirst().name();
    Window window = inputs.getFirst().window();
    while (window != null && due(node.sets().at(key), at)) {
      if (node.sets().closedBytes() > BYTES_MAX) {
        return false;
      }
      slide(key, input, window);
    }
    return true;
  }

  private static boolean due(Open open, Instant at) {
    return open.closesAt() != null && !open.closesAt().isAfter(at);
  }

  /** Closes a window that is complete, and opens the one that overlaps it. */
  private void slide(String key, String input, Window window) {
    Open open = node.sets().at(key);
    List<Gathered.Value> values = open.of(input);
    Open rest =
        switch (window) {
          case Window.Count count ->
              open.sliding(input, values.subList(count.every(), values.size()), null);
          case Window.Time time -> following(open, input, time);
        };
    node = node.with(node.sets().with(key, rest));
    close(new TreeMap<>(Map.of(input, array(values, null).orElseThrow())));
  }

  private static Open following(Open open, String input, Window.Time time) {
    Instant end = Objects.requireNonNull(open.closesAt());
    Instant begin = end.minus(time.size()).plus(time.every());
    return open.sliding(
        input,
        open.of(input).stream()
            .filter(value -> !Objects.requireNonNull(value.at()).isBefore(begin))
            .toList(),
        end.plus(time.every()));
  }

  /** Closes a window with what it has, and forgets it; nothing new in it, nothing to start. */
  private void close(String key) {
    String input = inputs.getFirst().name();
    Open open = node.sets().at(key);
    node = node.with(node.sets().with(key, Open.EMPTY));
    if (open.fresh() > 0) {
      close(new TreeMap<>(Map.of(input, array(open.of(input), null).orElseThrow())));
    }
  }

  private void close(SortedMap<String, String> values) {
    Verdict verdict =
        step.when() == null ? new Verdict.Holds() : step.when().decide(valuesWith(values));
    node =
        switch (verdict) {
          case Verdict.Undecided(String reason) -> {
            undecided = reason;
            yield skipped(node.with(node.sets().undecided(reason)), SkipReason.UNDECIDED);
          }
          case Verdict.Fails _ -> skipped(node, SkipReason.CONDITION);
          case Verdict.Holds _ when concurrencyAllows() -> node.with(node.sets().closing(values));
          case Verdict.Holds _ -> skipped(node, SkipReason.CONCURRENCY);
        };
  }

  private static Node.Armed skipped(Node.Armed node, SkipReason reason) {
    return node.with(node.heard(), node.tally().skip(reason));
  }

  private void skip(String key, Open open) {
    Gathered sets = node.sets().with(key, Open.EMPTY);
    for (Map.Entry<String, List<Gathered.Value>> values : open.values().entrySet()) {
      sets = sets.lonely(values.getKey(), values.getValue().size());
    }
    node =
        node.with(node.heard(), node.tally().skip(open.size(), SkipReason.NO_PARTNER)).with(sets);
  }

  private boolean concurrencyAllows() {
    List<Instance> live =
        view.at(path).stream().filter(other -> !other.state().terminal()).toList();
    return switch (task.concurrencyPolicy()) {
      case ALLOW -> true;
      case FORBID -> live.isEmpty() && node.sets().closed().isEmpty();
      case REPLACE -> {
        // as a stop does: an instance of an earlier epoch is not wanted, even one created later
        node = node.replaced();
        live.stream()
            .map(Instance::name)
            .sorted()
            .map(other -> new Effect.StopInstance(other, "replaced by a newer set"))
            .forEach(effects::add);
        yield true;
      }
    };
  }

  private String fullest() {
    return node.sets().open().entrySet().stream()
        .max(Comparator.comparingInt(e -> e.getValue().size()))
        .orElseThrow()
        .getKey();
  }

  private boolean full(String key, Iterable<String> added) {
    long bytes = openBytes() + Gathered.bytes(key);
    for (String value : added) {
      bytes += Gathered.bytes(value);
    }
    return node.sets().size() >= VALUES_MAX || bytes > BYTES_MAX;
  }

  /** Of the whole run: it is one object. */
  private long openBytes() {
    long others =
        run.nodes().entrySet().stream()
            .filter(e -> !e.getKey().equals(path))
            .flatMap(e -> e.getValue() instanceof Node.Armed a ? Stream.of(a) : null)
            .mapToLong(other -> other.sets().openBytes())
            .sum();
    return others + node.sets().openBytes();
  }

  /** The values as a JSON array; empty if no process could be given it. */
  private static Optional<String> array(
      List<Gathered.Value> values, Gathered.@Nullable Value more) {
    String array =
        Stream.concat(values.stream(), Stream.ofNullable(more))
            .map(Gathered.Value::text)
            .collect(Collectors.joining(",", "[", "]"));
    return Values.problem(array).isEmpty() ? Optional.of(array) : Optional.empty();
  }

  /** The step's own event inputs come before inputs of the scope of the same name. */
  private Function<Text.Reference, String> valuesWith(SortedMap<String, String> values) {
    Function<Text.Reference, String> around = Values.of(run, run.scope(node.scope()).inputs());
    return reference ->
        reference instanceof Text.InputParameter(String name) && values.containsKey(name)
            ? Objects.requireNonNull(values.get(name))
            : around.apply(reference);
  }
}
