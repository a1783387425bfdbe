package dev.tiphys.compiler.taint;

/**
 * What no outsider may fill: places that decide what runs, where, and as whom. {@link Sinks} says
 * which field of a task is which.
 */
public enum Sink {
  /** The text of a script. */
  SOURCE("the source of `%s`", true),
  /** What an interpreter on a command line runs: the argument after {@code sh -c}. */
  CODE("the code in the command of `%s`", true),
  /** The first word of a command line, or the program that another one starts. */
  PROGRAM("the program of `%s`", true),
  /** An argument that its program may take for code, an option or a right. */
  ARGUMENT("an argument of `%s`", true),
  /** A variable by which programs load code, like {@code BASH_ENV}. */
  VARIABLE("the variable `%2$s` of `%1$s`", false),
  /** A variable whose name says that it holds options, programs or modules. */
  OPTIONS("the variable `%2$s` of `%1$s`", true),
  /** The folder of a volume that a container sees ({@code subPathExpr}). */
  MOUNT("the volume mounts of `%s`", false),

  // the fields of these take no values at all
  IMAGE("the image of `%s`", false),
  SERVICE_ACCOUNT("the service account of `%s`", false),
  VOLUME("the volumes of `%s`", false),
  VARIABLE_NAME("the names of the variables of `%s`", false),
  EVENT_SINK("where the sidecars of `%s` publish", false),
  SELECTOR("the events of `%s`", false),
  NAME("the name of `%s`", false);

  private final String words;
  private final boolean code;

  Sink(String words, boolean code) {
    this.words = words;
    this.code = code;
  }

  /** Whether it is code, which an author may open to events by an annotation. */
  public boolean isCode() {
    return code;
  }

  String inWords(String task, String detail) {
    return words.formatted(task, detail);
  }
}
