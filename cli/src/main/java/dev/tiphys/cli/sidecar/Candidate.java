package dev.tiphys.cli.sidecar;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is to be checked: the commands by which it lives. */
sealed interface Candidate {
  /**
   * Starts it, and lasts as long as it does; a SIGTERM reaches it.
   *
   * @param name of this life, unique on this machine
   * @param folder that it is to see at the same place
   * @param variables names of those that it is given; the values are in the command's environment
   */
  List<String> start(String name, Path folder, Collection<String> variables);

  /** Kills it where SIGKILL to what was started would not; empty: not needed. */
  List<String> kill(String name);

  /** One after another until one succeeds, or it cannot be started; empty: not needed. */
  List<List<String>> prepare();

  /** A program of this machine. */
  record Program(List<String> words) implements Candidate {
    public Program {
      words = List.copyOf(words);
    }

    @Override
    public List<String> start(String name, Path folder, Collection<String> variables) {
      return words;
    }

    @Override
    public List<String> kill(String name) {
      return List.of();
    }

    @Override
    public List<List<String>> prepare() {
      return List.of();
    }

    @Override
    public String toString() {
      return words.getFirst();
    }
  }

  /**
   * An image, run by a container engine.
   *
   * @param engine a program that takes docker's commands
   * @param arguments instead of those that the image has
   */
  record Image(String engine, String name, List<String> arguments) implements Candidate {
    public Image {
      arguments = List.copyOf(arguments);
    }

    /** On this machine's own network: the sink is nowhere else. */
    @Override
    public List<String> start(String life, Path folder, Collection<String> variables) {
      List<String> command =
          new ArrayList<>(List.of(engine, "run", "--rm", "--name", life, "--network", "host"));
      command.addAll(List.of("--volume", folder + ":" + folder));
      variables.forEach(variable -> command.addAll(List.of("--env", variable)));
      command.add(name);
      command.addAll(arguments);
      return command;
    }

    @Override
    public List<String> kill(String life) {
      return List.of(engine, "kill", life);
    }

    @Override
    public List<List<String>> prepare() {
      return List.of(List.of(engine, "image", "inspect", name), List.of(engine, "pull", name));
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
