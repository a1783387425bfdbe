package dev.tiphys.compiler.taint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.PlacedText;
import dev.tiphys.compiler.model.Pod;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Work;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.EventSidecar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The table of sinks: each component of a task stands here by name, with what it is, so that a new
 * one does not compile until it does. What takes no values says so by {@link #fixed}.
 */
final class Sinks {
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> HOOKS = List.of("postStart", "preStop");

  private Sinks() {}

  /**
   * A text of a sink.
   *
   * @param detail what tells it from others of that sink: the variable's name
   * @param expanded whether Kubernetes puts variables in for {@code $(NAME)}
   * @param evaluated variables whose values the text runs as code
   */
  record Entry(
      Sink sink, String detail, TaggedText text, boolean expanded, Set<String> evaluated) {}

  static Stream<Entry> of(Template.Task task) {
    return switch (task) {
      case Template.Task(
              Located<String> name,
              List<Input> _, // ways: see Taint
              Work work,
              List<Sidecar> sidecars,
              @Nullable Located<Integer> _,
              @Nullable Located<ConcurrencyPolicy> _,
              Pod pod) ->
          Stream.of(
                  fixed(Sink.NAME, name),
                  of(work),
                  folder(work, pod),
                  sidecars.stream().flatMap(Sinks::of),
                  of(pod, name.at()))
              .flatMap(entries -> entries);
    };
  }

  private static Stream<Entry> of(Sidecar sidecar) {
    return switch (sidecar) {
      case Sidecar(
              Located<String> name,
              Located<String> image,
              Located<String> eventType,
              EventSidecar watcher) ->
          Stream.of(
                  fixed(Sink.NAME, name),
                  fixed(Sink.IMAGE, image),
                  fixed(Sink.SELECTOR, eventType),
                  fixed(Sink.EVENT_SINK, watcher))
              .flatMap(entries -> entries);
    };
  }

  private static Stream<Entry> of(Pod pod, SourceSpan at) {
    return switch (pod) {
      case Pod(
              SortedMap<String, JsonNode> container,
              SortedMap<String, JsonNode> spec,
              SortedMap<String, String> labels,
              SortedMap<String, String> annotations,
              List<Located<String>> volumes,
              List<Located<String>> mounts,
              List<Located<String>> initContainers) ->
          Stream.of(
                  commands(container, at),
                  folders(container, at),
                  fixed(Sink.SERVICE_ACCOUNT, spec),
                  fixed(Sink.NAME, labels),
                  fixed(Sink.NAME, annotations),
                  volumes.stream().flatMap(volume -> fixed(Sink.VOLUME, volume)),
                  mounts.stream().flatMap(mount -> fixed(Sink.VOLUME, mount)),
                  initContainers.stream().flatMap(container2 -> fixed(Sink.NAME, container2)))
              .flatMap(entries -> entries);
    };
  }

  private static Stream<Entry> of(Work work) {
    List<Word> words = work.commandLine().stream().map(Word::of).toList();
    CommandLine.Found line = CommandLine.read(words);
    return Stream.of(
            fixed(Sink.IMAGE, work.image()),
            work.env().stream().flatMap(variable -> fixed(Sink.VARIABLE_NAME, variable.name())),
            work.texts().flatMap(text -> of(text, line)))
        .flatMap(entries -> entries);
  }

  /** A task that works in the folder of its parameters may run one of them by its name alone. */
  private static Stream<Entry> folder(Work work, Pod pod) {
    return Stream.ofNullable(pod.container().get("workingDir"))
        .filter(folder -> Word.isNearParameters(folder.asText()))
        .flatMap(
            folder -> {
              List<Word> words = work.commandLine().stream().map(Word::of).toList();
              List<Role> roles = CommandLine.read(words).roles();
              return IntStream.range(0, words.size())
                  .filter(i -> roles.get(i) == Role.CODE || words.get(i).fixedText().contains("/"))
                  .mapToObj(
                      i -> {
                        SourceSpan at = work.commandLine().get(i).at();
                        TaggedText text =
                            new TaggedText(
                                List.of(new TaggedText.Verbatim("$(" + Word.FOLDER_VARIABLE + ")")),
                                at);
                        return new Entry(Sink.CODE, "", text, true, Set.of());
                      });
            });
  }

  private static Stream<Entry> of(PlacedText placed, CommandLine.Found line) {
    TaggedText text = placed.text();
    return switch (placed.place()) {
      case PlacedText.Word(int index) -> word(text, index, line);
      case PlacedText.Variable(String name) ->
          StartupVariables.sink(name).stream()
              .map(sink -> new Entry(sink, name, text, true, Set.of()));
      case PlacedText.Source() ->
          code(
              new Entry(
                  Sink.SOURCE,
                  "",
                  text,
                  false,
                  line.shell() ? ShellCode.evaluated(text.raw()) : Set.of()));
    };
  }

  private static Stream<Entry> word(TaggedText text, int index, CommandLine.Found line) {
    Set<String> evaluated = line.evaluated().getOrDefault(index, Set.of());
    return sink(line.roles().get(index)).stream()
        .flatMap(sink -> code(new Entry(sink, "", text, true, evaluated)));
  }

  /** What a shell's code runs, and what it gives to programs that may run it. */
  private static Stream<Entry> code(Entry all) {
    Set<String> doubtful =
        all.evaluated().stream()
            .filter(name -> name.startsWith(ShellCode.DOUBT))
            .map(ShellCode::withoutDoubt)
            .collect(Collectors.toUnmodifiableSet());
    Set<String> run =
        all.evaluated().stream()
            .filter(name -> !name.startsWith(ShellCode.DOUBT))
            .collect(Collectors.toUnmodifiableSet());
    TaggedText untagged =
        new TaggedText(List.of(new TaggedText.Verbatim(all.text().raw())), all.text().at());
    return Stream.of(
        new Entry(all.sink(), all.detail(), all.text(), all.expanded(), run),
        new Entry(Sink.ARGUMENT, all.detail(), untagged, false, doubtful));
  }

  private static Optional<Sink> sink(Role role) {
    return switch (role) {
      case DATA -> Optional.empty();
      case LOOSE, DOUBTFUL -> Optional.of(Sink.ARGUMENT);
      case PROGRAM -> Optional.of(Sink.PROGRAM);
      case CODE -> Optional.of(Sink.CODE);
    };
  }

  /**
   * Of probes, in which Kubernetes puts variables in as well, and hooks, which may evaluate them.
   */
  private static Stream<Entry> commands(SortedMap<String, JsonNode> container, SourceSpan at) {
    Stream<JsonNode> probes = PROBES.stream().flatMap(p -> Stream.ofNullable(container.get(p)));
    Stream<JsonNode> hooks =
        Stream.ofNullable(container.get("lifecycle"))
            .flatMap(lifecycle -> HOOKS.stream().map(lifecycle::path));
    return Stream.concat(probes, hooks).flatMap(node -> command(node, at));
  }

  private static Stream<Entry> command(JsonNode handler, SourceSpan at) {
    List<TaggedText> texts = new ArrayList<>();
    handler.path("exec").path("command").forEach(word -> texts.add(fixedText(word, at)));
    CommandLine.Found line = CommandLine.read(texts.stream().map(Word::of).toList());
    return IntStream.range(0, texts.size())
        .boxed()
        .flatMap(index -> word(texts.get(index), index, line));
  }

  private static Stream<Entry> folders(SortedMap<String, JsonNode> container, SourceSpan at) {
    return Stream.ofNullable(container.get("volumeMounts"))
        .flatMap(mounts -> StreamSupport.stream(mounts.spliterator(), false))
        .filter(mount -> mount.has("subPathExpr"))
        .map(mount -> fixedText(mount.path("subPathExpr"), at))
        .map(text -> new Entry(Sink.MOUNT, "", text, true, Set.of()));
  }

  private static TaggedText fixedText(JsonNode text, SourceSpan at) {
    return new TaggedText(List.of(new TaggedText.Verbatim(text.asText())), at);
  }

  /** Takes no values: a component that comes to do so has no such method, and does not compile. */
  static Stream<Entry> fixed(Sink sink, Located<String> text) {
    return Stream.empty();
  }

  static Stream<Entry> fixed(Sink sink, SortedMap<String, ?> fields) {
    return Stream.empty();
  }

  static Stream<Entry> fixed(Sink sink, EventSidecar watcher) {
    return Stream.empty();
  }
}
