package dev.tiphys.functions.run;

import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;

/** What hears events, as people and a run's parts know it. */
public final class Listener {
  private static final String BEGIN = "begin";
  private static final String START = "start ";
  private static final String STOP = "stop ";
  private static final String UPDATE = "update ";

  private Listener() {}

  /** What a rule has hear its events. */
  public static String of(Rule rule) {
    return switch (rule) {
      case Rule.Begin _ -> BEGIN;
      case Rule.Start start -> start(start.scope(), start.step());
      case Rule.Stop stop -> stop(stop.task());
      case Rule.Update update -> update(update.task());
    };
  }

  /** Which function listens for it. */
  public static Reaction reaction(String listener) {
    if (listener.equals(BEGIN)) {
      return Reaction.BEGIN;
    }
    if (listener.startsWith(START)) {
      return Reaction.START;
    }
    return listener.startsWith(STOP) ? Reaction.STOP : Reaction.UPDATE;
  }

  /** A step that events start, in whichever scope of its template, armed or not yet. */
  public static String start(String scopeTemplate, String step) {
    return START + step(scopeTemplate, step);
  }

  /** The same, as {@link Run#unheard} knows it. */
  public static String step(String scopeTemplate, String step) {
    return scopeTemplate + "/" + step;
  }

  /** The stop of a task. */
  public static String stop(String task) {
    return STOP + task;
  }

  /** The inputs of a task that events update. */
  public static String update(String task) {
    return UPDATE + task;
  }
}
