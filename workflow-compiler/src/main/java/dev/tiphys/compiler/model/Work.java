package dev.tiphys.compiler.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a task runs. */
public sealed interface Work {
  Located<String> image();

  List<TaggedText> command();

  List<EnvironmentVariable> env();

  /** Command and arguments as one list. */
  List<TaggedText> commandLine();

  /**
   * Every text of it that values can be put into. The patterns name each component: a new one does
   * not compile until it is said here whether it is such a text.
   */
  default Stream<PlacedText> texts() {
    return switch (this) {
      case Container(
              Located<String> _,
              List<TaggedText> command,
              List<TaggedText> args,
              List<EnvironmentVariable> env) ->
          Stream.concat(
              words(Stream.concat(command.stream(), args.stream()).toList()), values(env));
      case Script(
              Located<String> _,
              List<TaggedText> command,
              TaggedText source,
              List<EnvironmentVariable> env) ->
          Stream.of(
                  words(command),
                  values(env),
                  Stream.of(new PlacedText(new PlacedText.Source(), source)))
              .flatMap(texts -> texts);
    };
  }

  private static Stream<PlacedText> words(List<TaggedText> commandLine) {
    return IntStream.range(0, commandLine.size())
        .mapToObj(i -> new PlacedText(new PlacedText.Word(i), commandLine.get(i)));
  }

  private static Stream<PlacedText> values(List<EnvironmentVariable> env) {
    return env.stream()
        .map(
            variable ->
                switch (variable) {
                  case EnvironmentVariable(Located<String> name, TaggedText value, JsonNode _) ->
                      new PlacedText(new PlacedText.Variable(name.value()), value);
                });
  }

  /** A command and its arguments. */
  record Container(
      Located<String> image,
      List<TaggedText> command,
      List<TaggedText> args,
      List<EnvironmentVariable> env)
      implements Work {
    @Override
    public List<TaggedText> commandLine() {
      return Stream.concat(command.stream(), args.stream()).toList();
    }
  }

  /** A command that is given the source as a file. */
  record Script(
      Located<String> image,
      List<TaggedText> command,
      TaggedText source,
      List<EnvironmentVariable> env)
      implements Work {
    @Override
    public List<TaggedText> commandLine() {
      return command;
    }
  }
}
