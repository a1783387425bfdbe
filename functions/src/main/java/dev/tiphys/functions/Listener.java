package dev.tiphys.functions;

/** What hears events, as a run's parts know it. */
final class Listener {
  private Listener() {}

  /** A step that events start, in whichever scope of its template, armed or not yet. */
  static String start(String scopeTemplate, String step) {
    return "start " + Start.ruleName(scopeTemplate, step);
  }

  /** The stop of a task. */
  static String stop(String task) {
    return "stop " + task;
  }

  /** The inputs of a task that events update. */
  static String update(String task) {
    return "update " + task;
  }
}
