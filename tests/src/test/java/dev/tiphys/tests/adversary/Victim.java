package dev.tiphys.tests.adversary;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.triggers.plan.Plan;
import java.util.Objects;

/** A workflow with one of everything that events can do, and a parameter that comes to code. */
final class Victim {
  static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: victim-}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: who, value: you}, {name: goods, value: cake}]}
        templates:
          - name: main
            steps:
              - - {name: speak, template: speak}
                - {name: serve, template: serve, arguments: {parameters: [{name: goods, value: "{{workflow.parameters.goods}}"}]}}
              - - {name: greet, template: greet}
                - {name: shop, template: shop}
          - name: speak
            script: {image: "alpine:3.6", command: [sh], source: "echo hello {{workflow.parameters.who}}; sleep 3600"}
            sidecars: [{name: watch, image: tiphys/stdoutwatcher, parameters: {name: coin}}]
            inputs: [{name: stop, valueFrom: {event: {metadata: {name: hush}, eventPolicy: delete}}}]
          - name: serve
            inputs:
              parameters:
                - {name: goods}
                - {name: price, valueFrom: {event: {metadata: {name: price}, objectField: content, eventPolicy: update}, default: "1"}}
            container: {image: "alpine:3.6", command: [sh, -c], args: ["sleep 3600"]}
          - name: greet
            inputs: [{name: coin, valueFrom: {event: {metadata: {name: coin}, objectField: content, eventPolicy: create}}}]
            container: {image: "alpine:3.6", command: [sh, -c], args: ["echo $TIPHYS_PARAM_COIN; sleep 3600"]}
            sidecars: [{name: life, image: tiphys/lifecyclewatcher, parameters: {on: success, name: hush}}]
          - name: shop
            inputs:
              - {name: order, valueFrom: {event: {metadata: {name: order}, objectField: content, eventPolicy: create}}}
              - {name: closing, valueFrom: {event: {metadata: {name: closing}, eventPolicy: delete}}}
            container: {image: "alpine:3.6", command: [sh, -c], args: ["echo $TIPHYS_PARAM_ORDER; sleep 3600"]}
      """;

  private Victim() {}

  static Plan plan() {
    return compiled(WORKFLOW);
  }

  /** With another text in it. */
  static Plan plan(String text, String other) {
    return compiled(WORKFLOW.replace(text, other));
  }

  private static Plan compiled(String workflow) {
    return Objects.requireNonNull(Compiler.compile("victim.yaml", workflow).value());
  }
}
