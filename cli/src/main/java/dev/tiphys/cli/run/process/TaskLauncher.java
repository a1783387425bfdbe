package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Expansion;
import dev.tiphys.functions.port.InstanceSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the process of an instance in its folder. */
record TaskLauncher(TaskEnvironment environment) {
  private static final String SCRIPT = "script";
  private static final File NOTHING = new File("/dev/null");

  /** What came of it. */
  sealed interface Outcome {}

  record Started(RunningTask task) implements Outcome {}

  /** Nothing runs; the reason is for people. */
  record NotStarted(String reason) implements Outcome {}

  /**
   * Starts it.
   *
   * @param parameters as they are now, for its files
   */
  Outcome start(InstanceSpec spec, SortedMap<String, String> parameters, WorkFolder work) {
    Path folder = work.of(spec.identity());
    InstanceSpec.Launch launch = spec.launch();
    if (launch.command().isEmpty()) {
      return new NotStarted(
          "no command: images are not used locally, so template %s needs a `command`"
              .formatted(spec.identity().task()));
    }
    SortedMap<String, Path> volumes;
    try {
      volumes = work.volumes(spec);
      ParameterFiles.below(Files.createDirectories(folder)).write(parameters);
    } catch (IOException e) {
      return new NotStarted("cannot make the folders of %s: %s".formatted(folder, e.getMessage()));
    }
    return start(
        words(spec, folder, volumes),
        launch.source(),
        environment.of(spec, folder, volumes),
        folder,
        volumes,
        "template " + spec.identity().task());
  }

  /**
   * Starts any process in a folder, with these variables and no others.
   *
   * @param source text of a file whose path is appended to the words; null: there is none
   * @param volumes the folders that are its volumes
   * @param whose how messages name what it belongs to
   */
  static Outcome start(
      List<String> words,
      @Nullable String source,
      SortedMap<String, String> variables,
      Path folder,
      SortedMap<String, Path> volumes,
      String whose) {
    String command = words.getFirst();
    try {
      Optional<String> program =
          new SearchPath(variables.getOrDefault("PATH", "")).resolve(command, folder);
      if (program.isEmpty()) {
        return new NotStarted(
            "command not found: %s (%s); images are not used locally: install it"
                    .formatted(command, whose)
                + " or run the workflow on a cluster");
      }
      ProcessBuilder builder =
          new ProcessBuilder(commandLine(words, source, folder, program.get()))
              .directory(folder.toFile())
              .redirectInput(NOTHING);
      builder.environment().clear();
      builder.environment().putAll(variables);
      return new Started(new RunningTask(builder.start(), folder, volumes));
    } catch (IOException | IllegalArgumentException e) {
      // the second: a NUL, which neither a path nor an environment can hold
      return new NotStarted("cannot start %s: %s".formatted(command, e.getMessage()));
    }
  }

  private static List<String> words(
      InstanceSpec spec, Path folder, SortedMap<String, Path> volumes) {
    SortedMap<String, String> variables = TaskEnvironment.expanded(spec, folder, volumes);
    return Stream.of(spec.launch().command(), spec.launch().args())
        .flatMap(List::stream)
        .map(text -> Expansion.expand(text, variables))
        .toList();
  }

  private static List<String> commandLine(
      List<String> words, @Nullable String source, Path folder, String program) throws IOException {
    Files.createDirectories(folder);
    List<String> line = new ArrayList<>(words);
    line.set(0, program);
    if (source != null) {
      line.add(Files.writeString(folder.resolve(SCRIPT), source).toString());
    }
    return line;
  }
}
