package dev.tiphys.compiler.model;

import java.util.List;
import java.util.stream.Stream;

/** What a task runs. */
public sealed interface Work {
  Located<String> image();

  List<TaggedText> command();

  List<EnvironmentVariable> env();

  /** Command and arguments as one list. */
  List<TaggedText> commandLine();

  /** Every text of it that values can be put into. */
  default Stream<TaggedText> texts() {
    return Stream.concat(commandLine().stream(), env().stream().map(EnvironmentVariable::value));
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

    @Override
    public Stream<TaggedText> texts() {
      return Stream.concat(Work.super.texts(), Stream.of(source));
    }
  }
}
