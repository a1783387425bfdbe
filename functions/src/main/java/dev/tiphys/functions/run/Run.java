package dev.tiphys.functions.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run of a workflow: on a cluster, the WorkflowRun resource.
 *
 * @param version the store's, for optimistic locking; empty before it is stored
 * @param plan id of the plan that it runs, whatever is deployed later
 * @param parameters values of the workflow's parameters
 * @param nodes by path; the root's path is the entrypoint's name
 * @param unheard by rule: events that came while no step was armed for them
 * @param stops by task: events that have stopped it, and what else came in their streams
 * @param earlyStops tasks that were stopped before they existed, and the time of the newest event
 *     that did; consumed by the first node
 * @param settling by path: steps that are complete unless something from outside comes
 * @param fates what became of events, but for those that have an instance which is not counted yet
 * @param updated by task: what events have made of its inputs
 * @param cause the event that began it; null: a person created it
 * @param control what a person has asked for since; null: nothing
 * @param memory how it knows events from outside again
 */
@JsonPropertyOrder("format")
@JsonIgnoreProperties(value = "format", allowGetters = true)
public record Run(
    String name,
    String version,
    String workflow,
    String plan,
    SortedMap<String, String> parameters,
    Instant startedAt,
    SortedMap<String, Node> nodes,
    SortedMap<String, Heard> unheard,
    SortedMap<String, Heard> stops,
    SortedMap<String, OffsetDateTime> earlyStops,
    SortedMap<String, Settling> settling,
    Fates fates,
    SortedMap<String, Updated> updated,
    @Nullable Cause cause,
    @Nullable Control control,
    OutsideMemory memory) {
  /** What a run is written as; another number would be read otherwise. */
  public static final int FORMAT = 4;

  public Run {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    unheard = Collections.unmodifiableSortedMap(new TreeMap<>(unheard));
    stops = Collections.unmodifiableSortedMap(new TreeMap<>(stops));
    earlyStops = Collections.unmodifiableSortedMap(new TreeMap<>(earlyStops));
    settling = Collections.unmodifiableSortedMap(new TreeMap<>(settling));
    updated = Collections.unmodifiableSortedMap(new TreeMap<>(updated));
  }

  /**
   * What began a run that nobody created.
   *
   * @param parameters those that the event has set; their values stay untrusted for ever
   */
  public record Cause(EventKey event, SortedSet<String> parameters) {
    public Cause {
      parameters = Collections.unmodifiableSortedSet(new TreeSet<>(parameters));
    }
  }

  /** What a person does to a run that is under way. */
  public enum Control {
    /** Its tasks are stopped, and it fails. */
    STOP
  }

  /** A run of which nothing has happened yet but that its root is entered. */
  public static Run create(
      String name,
      String workflow,
      String plan,
      SortedMap<String, String> parameters,
      Instant startedAt,
      String rootPath,
      Node root,
      @Nullable Cause cause) {
    TreeMap<String, Node> nodes = new TreeMap<>();
    nodes.put(rootPath, root);
    return new Run(
        name,
        "",
        workflow,
        plan,
        parameters,
        startedAt,
        nodes,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        Fates.NONE,
        new TreeMap<>(),
        cause,
        null,
        OutsideMemory.withKey(""));
  }

  /** A run that a person has created and that cannot begin. */
  public static Run refused(RunRequest request, String reason, Instant now) {
    Node root = new Node.Task(request.workflow(), new TreeMap<>(), true, Phase.ERROR, reason);
    return create(
        request.name(),
        request.workflow(),
        request.plan(),
        request.parameters(),
        now,
        request.workflow(),
        root,
        null);
  }

  /** First in the JSON, so that whoever reads it knows how. */
  @JsonProperty("format")
  int format() {
    return FORMAT;
  }

  /** The root: every other path begins with its path, so it sorts first. */
  @JsonIgnore
  public Node root() {
    return nodes.firstEntry().getValue();
  }

  /** The node at a path that is known to have one. */
  public Node node(String path) {
    Node node = nodes.get(path);
    if (node == null) {
      throw new IllegalArgumentException("run " + name + " has no node " + path);
    }
    return node;
  }

  /** The armed node at a path that is known to have one. */
  public Node.Armed armed(String path) {
    return (Node.Armed) node(path);
  }

  /** The scope at a path that is known to have one. */
  public Node.Scope scope(String path) {
    return (Node.Scope) node(path);
  }

  /** What hears the events of an armed node. */
  public String listener(Node.Armed node) {
    return Listener.start(scope(node.scope()).template(), node.step());
  }

  /**
   * When {@code advance} is to look, whatever happens: a window ends, or a step has waited long
   * enough. Empty if at no time.
   */
  public Optional<Instant> wakeAt() {
    return Stream.concat(
            nodes.values().stream()
                .flatMap(node -> node instanceof Node.Armed armed ? armed.sets().ends() : null),
            settling.entrySet().stream()
                .filter(step -> !node(step.getKey()).phase().complete())
                .map(step -> step.getValue().until()))
        .min(Comparator.naturalOrder());
  }

  /** The root's phase. */
  @JsonIgnore
  public Phase phase() {
    return root().phase();
  }

  /**
   * Whether the instance's event is recorded in its step: the instance is counted there already,
   * and may go.
   */
  public boolean folded(Instance instance) {
    Instance.Cause cause = instance.identity().cause();
    return cause != null
        && switch (nodes.get(instance.identity().node())) {
          case Node.Armed armed -> armed.heard().contains(ref(cause));
          case Node.Task task ->
              task.restarts() != null && task.restarts().folded().contains(memory.ref(cause.key()));
          case Node.Scope scope -> false;
          case null -> false;
        };
  }

  /**
   * What an event is known again by.
   *
   * @param position its place in one of the run's own streams; null: it has none
   */
  public EventRef ref(EventKey key, @Nullable Position position) {
    return position == null ? memory.ref(key) : new EventRef.Numbered(position);
  }

  /** The same of the event that started an instance. */
  public EventRef ref(Instance.Cause cause) {
    return ref(cause.key(), cause.position());
  }

  /** With one node put in or replaced. */
  public Run with(String path, Node node) {
    TreeMap<String, Node> next = new TreeMap<>(nodes);
    next.put(path, node);
    return withNodes(next);
  }

  /** With other nodes. */
  public Run withNodes(SortedMap<String, Node> next) {
    return with(draft -> draft.nodes = next);
  }

  /** With what a rule heard while no step was armed for it. */
  public Run withUnheard(String rule, Heard heard) {
    TreeMap<String, Heard> next = new TreeMap<>(unheard);
    next.put(rule, heard);
    return withUnheard(next);
  }

  /** With other memories of rules. */
  public Run withUnheard(SortedMap<String, Heard> next) {
    return with(draft -> draft.unheard = next);
  }

  /** With an event known to have stopped the task. */
  public Run withStop(String task, Heard heard) {
    TreeMap<String, Heard> next = new TreeMap<>(stops);
    next.put(task, heard);
    return withStops(next);
  }

  /** With other memories of stops. */
  public Run withStops(SortedMap<String, Heard> next) {
    return with(draft -> draft.stops = next);
  }

  /** With other tasks that were stopped before they existed. */
  public Run withEarlyStops(SortedMap<String, OffsetDateTime> next) {
    return with(draft -> draft.earlyStops = next);
  }

  /** With a step that is complete unless something comes; null: that is over. */
  public Run withSettling(String path, @Nullable Settling its) {
    TreeMap<String, Settling> next = new TreeMap<>(settling);
    if (its == null) {
      next.remove(path);
    } else {
      next.put(path, its);
    }
    return with(draft -> draft.settling = next);
  }

  /** What events have made of the task's inputs. */
  public Updated updated(String task) {
    return updated.getOrDefault(task, Updated.NOTHING);
  }

  /** With other values of a task's inputs. */
  public Run withUpdated(String task, Updated newer) {
    TreeMap<String, Updated> next = new TreeMap<>(updated);
    next.put(task, newer);
    return withUpdated(next);
  }

  /** With other memories of updates. */
  public Run withUpdated(SortedMap<String, Updated> next) {
    return with(draft -> draft.updated = next);
  }

  /** With what a person has asked for. */
  public Run withControl(@Nullable Control asked) {
    return with(draft -> draft.control = asked);
  }

  /** With another memory of events from outside. */
  public Run withMemory(OutsideMemory newMemory) {
    return with(draft -> draft.memory = newMemory);
  }

  /** With one more event that had the fate at the listener. */
  public Run withFate(String listener, Fate fate) {
    return withFates(fates.with(listener, fate));
  }

  /** With other counts of what became of events. */
  public Run withFates(Fates next) {
    return with(draft -> draft.fates = next);
  }

  /** As the store has it. */
  public Run withVersion(String newVersion) {
    return with(draft -> draft.version = newVersion);
  }

  private Run with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.run();
  }

  /** What can change in a run, while it does. */
  private static final class Draft {
    private final Run before;
    private String version;
    private SortedMap<String, Node> nodes;
    private SortedMap<String, Heard> unheard;
    private SortedMap<String, Heard> stops;
    private SortedMap<String, OffsetDateTime> earlyStops;
    private SortedMap<String, Settling> settling;
    private Fates fates;
    private SortedMap<String, Updated> updated;
    private @Nullable Control control;
    private OutsideMemory memory;

    Draft(Run before) {
      this.before = before;
      this.version = before.version;
      this.nodes = before.nodes;
      this.unheard = before.unheard;
      this.stops = before.stops;
      this.earlyStops = before.earlyStops;
      this.settling = before.settling;
      this.fates = before.fates;
      this.updated = before.updated;
      this.control = before.control;
      this.memory = before.memory;
    }

    Run run() {
      return new Run(
          before.name,
          version,
          before.workflow,
          before.plan,
          before.parameters,
          before.startedAt,
          nodes,
          unheard,
          stops,
          earlyStops,
          settling,
          fates,
          updated,
          before.cause,
          control,
          memory);
    }
  }
}
