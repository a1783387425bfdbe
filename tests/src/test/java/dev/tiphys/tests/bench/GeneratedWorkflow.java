package dev.tiphys.tests.bench;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.triggers.plan.Plan;
import java.util.Objects;

/** Workflow files of any size. */
final class GeneratedWorkflow {
  private static final int STEPS_PER_GROUP = 10;

  private static final String HEAD =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: generated-}
      spec:
        entrypoint: main
        templates:
          - name: source
            container: {image: "alpine:3.6", command: [echo, go]}
            sidecars: [{name: lines, image: tiphys/stdoutwatcher, parameters: {name: event-1}}]
      """;

  private static final String LINK =
      """
          - name: task-%1$d
            inputs:
              parameters:
                - name: greeting
                  value: hello
                - name: line
                  valueFrom:
                    eventParameter:
                      metadata: {name: event-%1$d}
                      objectField: content
                      eventPolicy: create
            container:
              image: alpine:3.6
              command: [echo, "{{inputs.parameters.greeting}} {{inputs.parameters.line}}"]
            sidecars:
              - name: lines
                image: tiphys/stdoutwatcher
                parameters: {name: event-%2$d}
      """;

  private static final String LINK_STEP =
      """
              %1$s - name: task-%2$d
                  template: task-%2$d
                  when: "{{steps.task-%2$d.inputs.line}} != end"
                  arguments:
                    parameters: [{name: greeting, value: call %2$d}]
      """;

  private static final String LISTENER =
      """
          - name: task-%1$d
            inputs:
              parameters:
                - name: line
                  valueFrom:
                    event: {metadata: {name: event-%1$d}, objectField: content, eventPolicy: create}
            container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.line}}"]}
      """;

  private static final String LISTENER_STEP =
      """
              %1$s - {name: task-%2$d, template: task-%2$d}
      """;

  private static final String MAIN =
      """
          - name: main
            steps:
              - - {name: source, template: source}
      """;

  private GeneratedWorkflow() {}

  /**
   * A chain of so many tasks: each emits the event that starts the next one, and each has a
   * sidecar, a condition, arguments and defaults like one that a person wrote.
   */
  static String chain(int tasks) {
    return yaml(tasks - 1, LINK, LINK_STEP);
  }

  /**
   * The Plan of so many rules, each for events of another type. With chains in their place it would
   * be too big for a ConfigMap.
   */
  static Plan listeners(int rules) {
    return plan(yaml(rules, LISTENER, LISTENER_STEP));
  }

  /** The type of the event that the n-th rule is for, from 1. */
  static String eventType(int rule) {
    return "event-" + rule;
  }

  /**
   * The Plan of a file without mistakes.
   *
   * @throws NullPointerException with the diagnostics, if it has some
   */
  static Plan plan(String yaml) {
    Compiled<Plan> compiled = Compiler.compile("benchmark.yaml", yaml);
    return Objects.requireNonNull(compiled.value(), () -> compiled.diagnostics().toString());
  }

  private static String yaml(int tasks, String template, String step) {
    StringBuilder yaml = new StringBuilder(HEAD);
    for (int i = 1; i <= tasks; i++) {
      yaml.append(template.formatted(i, i + 1));
    }
    yaml.append(MAIN);
    for (int i = 1; i <= tasks; i++) {
      yaml.append(step.formatted(i % STEPS_PER_GROUP == 1 ? "-" : " ", i));
    }
    return yaml.toString();
  }
}
