package dev.tiphys.compiler;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Tells workflows from whatever other YAML lies in a folder, by the {@code apiVersion} and {@code
 * kind} of its first document.
 */
public final class WorkflowKind {
  private static final Set<String> GROUPS = Set.of("argoproj.io", "tiphys.dev");

  /** Argo CD and Argo Rollouts have kinds of their own in the same group. */
  private static final Set<String> KINDS =
      Set.of("Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow");

  private final Map<String, String> fields = new HashMap<>();
  private int depth;
  private @Nullable String key;

  private WorkflowKind() {}

  /**
   * Text that is no YAML counts if it says that it is a workflow before the place of the mistake. A
   * character that YAML forbids is no such place, wherever it stands: it counts as none, or as a
   * blank.
   */
  public static boolean isIn(String text) {
    // the parser reads far ahead, and would stop at one before it tells of anything
    return text.codePoints().allMatch(StreamReader::isPrintable)
        ? saidBy(text)
        : saidBy(replaced(text, "")) || saidBy(replaced(text, " "));
  }

  private static boolean saidBy(String text) {
    WorkflowKind kind = new WorkflowKind();
    kind.read(text);
    String group = kind.fields.getOrDefault("apiVersion", "").replaceFirst("/.*", "");
    return GROUPS.contains(group) && KINDS.contains(kind.fields.getOrDefault("kind", ""));
  }

  private static String replaced(String text, String forbidden) {
    return text.codePoints()
        .mapToObj(c -> StreamReader.isPrintable(c) ? Character.toString(c) : forbidden)
        .collect(Collectors.joining());
  }

  private void read(String text) {
    try {
      Iterator<Event> events =
          new Parse(LoadSettings.builder().build()).parseString(text).iterator();
      while (events.hasNext()) {
        Event event = events.next();
        if (event instanceof DocumentEndEvent) {
          return;
        }
        take(event);
      }
    } catch (YamlEngineException e) {
      // the compiler says what is wrong; what was seen before it must do here
    }
  }

  /** Keeps the scalar fields of the outermost mapping. */
  private void take(Event event) {
    if (event instanceof CollectionStartEvent) {
      depth++;
      key = null;
    } else if (event instanceof CollectionEndEvent) {
      depth--;
    } else if (depth == 1 && event instanceof AliasEvent) {
      key = null;
    } else if (depth == 1 && event instanceof ScalarEvent scalar) {
      if (key == null) {
        key = scalar.getValue();
      } else {
        fields.putIfAbsent(key, scalar.getValue());
        key = null;
      }
    }
  }
}
