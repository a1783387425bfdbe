package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C5: what takes no values refuses references by name. {@code REF} stands for one. */
class PlainTextTest {
  private static final String HEAD =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: test-}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: x, value: y}]}
        templates:
      """;

  @ParameterizedTest
  @DisplayName("C5: a reference in what is fixed at compile time is refused by name")
  @ValueSource(
      strings = {
        "inputs: [{name: i, valueFrom: {event: {metadata: {name: 'REF'}, eventPolicy: delete}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {name: e, selector: {zone: 'REF'}},"
            + " eventPolicy: delete}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {name: e, selector: {matchLabels: {zone:"
            + " 'REF'}}}, eventPolicy: delete}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {name: e}, objectField: 'REF',"
            + " eventPolicy: delete}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {name: e}, eventPolicy: 'REF'}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {name: e}, eventPolicy: create,"
            + " correlation: 'REF'}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {name: e}, eventPolicy: create, window:"
            + " {duration: 'REF'}}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {apiVersion: v1, kind: Pod, name: 'REF'},"
            + " eventPolicy: delete}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {apiVersion: v1, kind: Pod, namespace:"
            + " 'REF'}, eventPolicy: delete}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {apiVersion: v1, kind: Pod, selector: {a:"
            + " 'REF'}}, eventPolicy: delete}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {apiVersion: v1, kind: Pod,"
            + " fieldSelector: {status.phase: 'REF'}}, eventPolicy: delete}}}]",
        "inputs: [{name: i, valueFrom: {event: {metadata: {apiVersion: v1, kind: Pod,"
            + " fieldSelector: {'REF': a}}, eventPolicy: delete}}}]",
        "inputs: [{name: 'REF'}]",
        "sidecars: [{name: 'REF', image: stdoutwatcher, parameters: {name: e}}]",
        "sidecars: [{name: s, image: 'REF', parameters: {name: e}}]",
        "sidecars: [{name: s, image: stdoutwatcher, parameters: {name: 'out-REF'}}]",
        "sidecars: [{name: s, image: stdoutwatcher, parameters: [{name: name, value: 'REF'}]}]",
        "sidecars: [{name: s, image: stdoutwatcher, parameters: {name: e, labels: {a: 'REF'}}}]",
        "sidecars: [{name: s, image: stdoutwatcher, parameters: {name: e, sink: 'http://REF/'}}]",
        "sidecars: [{name: s, image: stdoutwatcher, parameters: {name: e, pattern: 'REF'}}]",
        "sidecars: [{name: s, image: stdoutwatcher, parameters: {name: e, maxLine: 'REF'}}]",
        "sidecars: [{name: s, image: stdoutwatcher, parameters: {name: e, stream: 'REF'}}]",
        "sidecars: [{name: s, image: lifecyclewatcher, parameters: {name: e, on: 'REF'}}]",
        "sidecars: [{name: s, image: filewatcher, parameters: {name: e, path: '/data/REF'}}]",
        "sidecars: [{name: s, image: filewatcher, parameters: {name: e, regex: '/data/REF'}}]",
        "sidecars: [{name: s, image: filewatcher, parameters: {name: e, path: /data/a, settle:"
            + " 'REF'}}]",
        "sidecars: [{name: s, image: networkproxy, parameters: {name: e, port: 8888, upstream:"
            + " 'http://REF:1'}}]",
        "sidecars: [{name: s, image: networkproxy, parameters: {name: e, port: 8888, match: {path:"
            + " 'REF'}}}]",
        "sidecars: [{name: s, image: networkproxy, parameters: {name: e, port: 8888, headers:"
            + " ['REF']}}]",
        "sidecars: [{name: s, image: networkproxy, parameters: {name: e, port: 8888, sample:"
            + " 'REF'}}]",
        "sidecars: [{name: s, image: networkproxy, parameters: {name: e, port: 8888, upstream:"
            + " broker, filter: {a: '> REF'}}}]",
        "sidecars: [{name: s, image: networkproxy, parameters: {name: e, port: 8888, upstream:"
            + " broker, filter: {'REF': a}}}]",
        "sidecars: [{name: s, image: networkproxy, parameters: {name: e, port: 8888, upstream:"
            + " broker, window: {duration: 'REF'}}}]",
        "sidecars: [{name: s, image: acme/s, parameters: {name: e, level: 'REF'}}]",
        "outputs: {events: [{name: 'REF'}]}",
        "outputs: {events: [{name: e, labels: {a: 'REF'}}]}",
        "outputs: {events: [{name: e, sink: 'REF'}]}",
        "serviceAccountName: 'REF'",
        "metadata: {labels: {a: 'REF'}}",
        "concurrencyPolicy: 'REF'",
      })
  void aReferenceIsRefused(String fields) {
    for (String reference :
        List.of(
            "{{workflow.parameters.x}}",
            "{{inputs.parameters.nonsense}}",
            "{{ workflow.name }}",
            "{{=1+1}}",
            "{{nonsense}}")) {
      // Given
      String workflow = task(fields.replace("REF", reference));
      // When
      List<Code> codes = codes(workflow);
      // Then
      assertThat(codes).as(workflow).contains(Code.UNSUPPORTED_VARIABLE);
    }
  }

  @ParameterizedTest
  @DisplayName("C7: tags that are not Argo's are text where no values are put in")
  @ValueSource(
      strings = {
        "metadata: {annotations: {format: '{{.Names}}'}}",
        "sidecars: [{name: s, image: acme/s, parameters: {name: e, format: '{{\"n\": 1}}'}}]",
        "inputs: [{name: i, value: a, description: 'see {{workflow.name}}'}]"
      })
  void otherTagsAreText(String fields) {
    assertThat(codes(task(fields))).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A4: what carriers add is neither stamped nor selected by")
  @ValueSource(
      strings = {
        "knativearrivaltime",
        "knativehistory",
        "traceparent",
        "tracestate",
        "tiphysplan",
        "tiphyssignature"
      })
  void whatCarriersAddIsRefused(String attribute) {
    // Given
    String label =
        "sidecars: [{name: s, image: stdoutwatcher, parameters: {name: e, labels: {%s: a}}}]";
    String output = "outputs: {events: [{name: e, labels: {%s: a}}]}";
    String selector =
        "inputs: [{name: i, valueFrom: {event: {metadata: {name: e, selector: {%s: a}},"
            + " eventPolicy: delete}}}]";
    for (String fields : List.of(label, output, selector)) {
      // When
      List<Code> codes = codes(task(fields.formatted(attribute)));
      // Then
      assertThat(codes).as(fields).contains(Code.INVALID_ATTRIBUTE);
    }
  }

  private static String task(String fields) {
    return "    - {name: main, container: {image: alpine, command: [echo]}, " + fields + "}\n";
  }

  private static List<Code> codes(String template) {
    return Compiler.compile("a.yaml", HEAD + template).diagnostics().stream()
        .map(Diagnostic::code)
        .toList();
  }
}
