package dev.tiphys.cli.run.view;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Paths;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import dev.tiphys.functions.run.Waits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a run as a tree, with the counts of each step's own instances. */
public final class RunTree {
  private static final Comparator<Map.Entry<String, Node>> IN_ORDER_OF_GROUPS =
      Comparator.<Map.Entry<String, Node>>comparingInt(e -> lastGroup(e.getKey()))
          .thenComparing(Map.Entry::getKey);

  private final Run run;
  private final Map<String, TaskCounts> counts = new HashMap<>();
  private final Map<String, List<Map.Entry<String, Node>>> children = new HashMap<>();
  private final Map<String, List<Instance>> instances = new HashMap<>();
  private final List<RunView.StepView> steps = new ArrayList<>();

  private RunTree(Run run) {
    this.run = run;
  }

  /** Parents before children, siblings in the order of their groups. */
  public static List<RunView.StepView> of(Run run, Collection<Instance> instances) {
    RunTree tree = new RunTree(run);
    tree.count(instances);
    run.nodes().entrySet().stream()
        .filter(e -> Paths.depth(e.getKey()) > 0)
        .sorted(IN_ORDER_OF_GROUPS)
        .forEach(
            e ->
                tree.children
                    .computeIfAbsent(parent(e.getKey()), path -> new ArrayList<>())
                    .add(e));
    tree.add(run.nodes().firstEntry(), 0, true);
    return List.copyOf(tree.steps);
  }

  private void count(Collection<Instance> all) {
    run.nodes().forEach((path, node) -> counts.put(path, recorded(node)));
    for (Instance instance : all) {
      instances
          .computeIfAbsent(instance.identity().node(), path -> new ArrayList<>())
          .add(instance);
      if (!run.folded(instance)) {
        counts.computeIfPresent(
            instance.identity().node(), (path, before) -> plus(before, instance));
      }
    }
  }

  private void add(Map.Entry<String, Node> entry, int depth, boolean last) {
    String path = entry.getKey();
    Node node = entry.getValue();
    TaskCounts own = counts.getOrDefault(path, TaskCounts.ZERO);
    steps.add(
        new RunView.StepView(
            Paths.step(path),
            depth,
            last,
            node.phase(),
            node instanceof Node.Scope,
            own,
            Waits.of(instances.getOrDefault(path, List.of()))));
    List<Map.Entry<String, Node>> below = children.getOrDefault(path, List.of());
    for (int i = 0; i < below.size(); i++) {
      add(below.get(i), depth + 1, i == below.size() - 1);
    }
  }

  private static TaskCounts recorded(Node node) {
    return switch (node) {
      case Node.Armed armed -> TaskCounts.recorded(armed);
      case Node.Task task ->
          task.phase() == Phase.SKIPPED
              ? new TaskCounts(Tally.ZERO.skip(SkipReason.CONDITION), 0, 0)
              : TaskCounts.ZERO;
      case Node.Scope _ -> TaskCounts.ZERO;
    };
  }

  private static TaskCounts plus(TaskCounts counts, Instance instance) {
    return new TaskCounts(
        counts.tally().with(instance),
        counts.active() + (instance.state().active() ? 1 : 0),
        counts.gated() + (instance.state() == Instance.State.GATED ? 1 : 0),
        counts.waiting());
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('['));
  }

  private static int lastGroup(String path) {
    return Paths.group(path, parent(path));
  }
}
