package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.compiler.taint.Arrival;
import dev.tiphys.compiler.taint.Arrivals;
import dev.tiphys.compiler.taint.Sink;
import dev.tiphys.triggers.name.VariableName;

/**
 * Ensures that no value of an event comes where it decides what runs: whoever can send the event
 * could run anything. Of the workflow's parameters the plan says where they come, and a run that an
 * event begins is judged by that.
 */
final class EventValueInCode implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Arrivals.of(workflow)
        .filter(Arrival::isOfEvent)
        .forEach(
            arrival ->
                found.report(code(arrival.sink()), arrival.at(), what(arrival), remedy(arrival)));
  }

  private static Code code(Sink sink) {
    return switch (sink) {
      case ARGUMENT, OPTIONS -> Code.EVENT_VALUE_IN_ARGUMENT;
      case SOURCE,
          CODE,
          PROGRAM,
          VARIABLE,
          MOUNT,
          IMAGE,
          SERVICE_ACCOUNT,
          VOLUME,
          VARIABLE_NAME,
          EVENT_SINK,
          SELECTOR,
          NAME ->
          Code.EVENT_VALUE_IN_CODE;
    };
  }

  private static String what(Arrival arrival) {
    String value =
        switch (arrival.way()) {
          case TAG -> "`{{" + arrival.name() + "}}`";
          case VARIABLE -> "Kubernetes puts it in for `$(" + arrival.name() + ")`";
          case EVALUATED ->
              arrival.sink() == Sink.ARGUMENT
                  ? "the shell gives it `$" + arrival.name() + "`"
                  : "the shell runs what is in `$" + arrival.name() + "`";
        };
    return switch (arrival.sink()) {
      case SOURCE, CODE, PROGRAM -> "an event's value would run as code: " + value;
      case ARGUMENT ->
          "an event's value is in an argument that may be code, an option or a right to its"
              + " program: "
              + value;
      case OPTIONS ->
          "an event's value is in %s, which some program may take options or code from: %s"
              .formatted(arrival.place(), value);
      case VARIABLE,
          MOUNT,
          IMAGE,
          SERVICE_ACCOUNT,
          VOLUME,
          VARIABLE_NAME,
          EVENT_SINK,
          SELECTOR,
          NAME ->
          "an event's value would decide what runs, by " + arrival.place() + ": " + value;
    };
  }

  private static String remedy(Arrival arrival) {
    return arrival.sink().isCode()
        ? way(arrival)
            + ", or allow it by the annotation "
            + Workflow.ALLOW_EVENT_VALUES_IN_CODE
            + ": \"true\""
        : "write a fixed text there; the task can " + way(arrival);
  }

  private static String way(Arrival arrival) {
    return switch (arrival.way()) {
      case TAG -> {
        String variable = variable(arrival);
        yield "read it from the environment variable %s (in a shell \"$%s\")"
            .formatted(variable, variable);
      }
      case VARIABLE -> "read it from that variable (in a shell \"$" + arrival.name() + "\")";
      case EVALUATED ->
          "use it as an argument alone, in quotes: \"$" + arrival.name() + "\" is no command then";
    };
  }

  private static String variable(Arrival arrival) {
    String input = arrival.name().substring(arrival.name().lastIndexOf('.') + 1);
    return VariableName.of("TIPHYS_PARAM_", input);
  }
}
