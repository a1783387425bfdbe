package dev.tiphys.tests;

/** Workflows that are tried on this machine and on a cluster alike. */
public final class Workflows {
  /** Until {@code closing} comes, each {@code order} of bread is baked, and no other. */
  public static final String BAKERY =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {name: bakery}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps:
              - - {name: shop, template: shop}
              - - {name: bake, template: bake, when: "{{steps.bake.inputs.goods}} == bread"}
          - name: shop
            inputs: [{name: closing, valueFrom: {event: {metadata: {name: closing}, eventPolicy: delete}}}]
            container: {image: "alpine:3.6", command: [sleep, "36000"]}
          - name: bake
            inputs: [{name: goods, valueFrom: {event: {metadata: {name: order}, objectField: goods, eventPolicy: create}}}]
            container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.goods}}"]}
      """;

  /** Until {@code closing} comes, each {@code order} that has the field FIELD is handled. */
  public static final String SHOP =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {name: shop}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps: [[{name: shop, template: shop}], [{name: handle, template: handle}]]
          - name: shop
            inputs: [{name: closing, valueFrom: {event: {metadata: {name: closing}, eventPolicy: delete}}}]
            container: {image: "alpine:3.6", command: [sleep, "3600"]}
          - name: handle
            inputs: [{name: goods, valueFrom: {event: {metadata: {name: order}, objectField: FIELD, eventPolicy: create}}}]
            container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.goods}}"]}
      """;

  private Workflows() {}
}
