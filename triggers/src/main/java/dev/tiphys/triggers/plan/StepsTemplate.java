package dev.tiphys.triggers.plan;

import java.util.List;

/**
 * A scope: groups one after the other, the steps of a group side by side.
 *
 * @param groups not empty, and none of them empty
 */
public record StepsTemplate(String name, List<Input> inputs, List<List<Step>> groups)
    implements Template {
  public StepsTemplate {
    inputs = List.copyOf(inputs);
    groups = groups.stream().map(List::copyOf).toList();
  }
}
