package dev.tiphys.cli.graph;

import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Operator;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Window;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of a Plan in the few words that a picture has room for. */
final class Words {
  /** Characters of a line; what is longer is cut. */
  private static final int LINE = 48;

  private Words() {}

  static String of(EventFilter filter) {
    String attributes =
        (filter.watch() == null ? filter.attributes() : filter.watch().labels())
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", "));
    return cut(attributes.isEmpty() ? type(filter) : type(filter) + " [" + attributes + "]");
  }

  /** The type of events; of watched objects their kind. */
  static String type(EventFilter filter) {
    return filter.watch() == null ? filter.type() : filter.watch().kind();
  }

  static String when(Condition condition) {
    return cut("when " + of(condition));
  }

  /** Which events start an instance together. */
  static String gathering(List<Input.FromEvent> inputs) {
    Window window = inputs.getFirst().window();
    String sets =
        switch (window) {
          case null ->
              inputs.stream()
                  .map(input -> input.on().type())
                  .distinct()
                  .collect(Collectors.joining(" and ", "joins ", ""));
          case Window.Count count ->
              windows(Integer.toString(count.size()), Integer.toString(count.every()));
          case Window.Time time ->
              windows(time.size().toSeconds() + " s", time.every().toSeconds() + " s");
        };
    ObjectField key = inputs.getFirst().correlation();
    return cut(key == null ? sets : sets + " by " + key);
  }

  private static String windows(String size, String every) {
    return "windows of " + size + (every.equals(size) ? "" : " every " + every);
  }

  static String cut(String line) {
    return line.codePointCount(0, line.length()) <= LINE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LINE - 1)) + "…";
  }

  private static String of(Condition condition) {
    return switch (condition) {
      case Condition.And and -> operand(and.left()) + " && " + operand(and.right());
      case Condition.Or or -> operand(or.left()) + " || " + operand(or.right());
      case Condition.Not not -> "!(" + of(not.condition()) + ")";
      case Condition.Operand operand -> of(operand.text());
      case Condition.Compare compare ->
          side(compare.left()) + " " + of(compare.operator()) + " " + side(compare.right());
    };
  }

  private static String operand(Condition condition) {
    return switch (condition) {
      case Condition.And _, Condition.Or _ -> "(" + of(condition) + ")";
      case Condition.Not _, Condition.Operand _, Condition.Compare _ -> of(condition);
    };
  }

  private static String side(Condition condition) {
    return condition instanceof Condition.Compare ? "(" + of(condition) + ")" : operand(condition);
  }

  private static String of(Operator operator) {
    return switch (operator) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }

  private static String of(Text text) {
    return text.parts().stream().map(Words::of).collect(Collectors.joining());
  }

  private static String of(Text.Part part) {
    return switch (part) {
      case Text.Literal literal -> literal.text();
      case Text.InputParameter input -> input.name();
      case Text.WorkflowParameter parameter -> parameter.name();
      case Text.RunName _ -> "workflow.name";
    };
  }
}
