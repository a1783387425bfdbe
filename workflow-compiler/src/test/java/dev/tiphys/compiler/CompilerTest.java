package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.LogCapture;
import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerTest {
  private static final String HEAD =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: test-}
      spec:
        entrypoint: main
        templates:
          - name: main
      """;

  @Test
  void tellsAnUnquotedReferenceOnceWhenTextFollowsIt() {
    assertThat(codes("      container: {image: alpine, command: [echo, {{workflow.name}} yes]}\n"))
        .containsExactly(Code.UNQUOTED_REFERENCE);
  }

  @Test
  void tellsAllMistakesInTheOrderOfTheFile() {
    assertThat(
            codes(
                """
                      container: {image: Alpine, comand: [echo], args: ["{{inputs.parameters.x}}"]}
                      sidecars: [{name: main, image: stdoutwatcher, parameters: {name: dev.tiphys.a}}]
                      inputs: [{name: y y}]
                """))
        .containsExactly(
            Code.INVALID_IMAGE,
            Code.UNKNOWN_FIELD,
            Code.UNKNOWN_PARAMETER,
            Code.RESERVED_NAME,
            Code.RESERVED_EVENT_TYPE,
            Code.INVALID_NAME,
            Code.MISSING_ARGUMENT);
  }

  @Test
  void allowsEventValuesInCodeWhereTheAuthorSaysSo() {
    // Given
    String code =
        """
              container: {image: alpine, command: [sh, -c, "echo {{inputs.parameters.x}}"]}
              inputs: [{name: x, valueFrom: {event: {metadata: {name: x}, eventPolicy: create}}}]
        """;
    String allowed =
        HEAD.replace(
            "test-}", "test-, annotations: {tiphys.dev/allow-event-values-in-code: \"true\"}}");
    // When
    List<Diagnostic> diagnostics = Compiler.compile("a.yaml", allowed + code).diagnostics();
    // Then
    assertThat(codes(code)).containsExactly(Code.EVENT_VALUE_IN_CODE, Code.EXTERNAL_EVENT);
    assertThat(diagnostics).extracting(Diagnostic::code).containsExactly(Code.EXTERNAL_EVENT);
  }

  @Test
  void takesAnArgumentBehindTheCodeForData() {
    assertThat(
            codes(
                """
                      container: {image: alpine, command: [sh, -c, 'echo "$1"', sh, "{{inputs.parameters.x}}"]}
                      inputs: [{name: x, valueFrom: {event: {metadata: {name: x}, eventPolicy: create}}}]
                """))
        .containsExactly(Code.EXTERNAL_EVENT);
  }

  @Test
  void refusesAnEventValueAsTheProgramToRun() {
    assertThat(
            codes(
                """
                      container: {image: alpine, command: ["{{inputs.parameters.x}}"]}
                      inputs: [{name: x, valueFrom: {event: {metadata: {name: x}, eventPolicy: create}}}]
                """))
        .contains(Code.EVENT_VALUE_IN_CODE);
  }

  @Test
  void writesADiagnosticAsJsonWithTheseKeys() {
    // Given
    Diagnostic mistake =
        Compiler.compile("a.yaml", HEAD + "      inptus: []\n").diagnostics().getLast();
    // When
    String json = Json.write(mistake.toRecord());
    // Then
    assertThat(json)
        .isEqualTo(
            "{\"code\":\"unknown-field\",\"severity\":\"error\",\"file\":\"a.yaml\",\"line\":8,\"column\":7,\"message\":\"a"
                + " template has no field `inptus`\",\"hint\":\"did you mean `inputs`?\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream: stdout, ", "stream: stderr, ", ""})
  void refusesASingleStreamWhereOutputIsCapturedByTheApi(String stream) {
    // Given
    String watching = HEAD + watching(stream);
    // When
    List<Diagnostic> byFiles = Compiler.compile("a.yaml", watching).diagnostics();
    List<Diagnostic> byApi = Compiler.compile("a.yaml", watching, LogCapture.API).diagnostics();
    // Then
    assertThat(byFiles).isEmpty();
    assertThat(byApi)
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.code()).isEqualTo(Code.UNSUPPORTED_VALUE);
              assertThat(mistake.message()).contains("`lines`", "--logs=api");
              assertThat(mistake.at().line()).isEqualTo(9);
            });
  }

  @Test
  void takesBothStreamsWhereOutputIsCapturedByTheApi() {
    assertThat(
            Compiler.compile("a.yaml", HEAD + watching("stream: both, "), LogCapture.API)
                .diagnostics())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"argo-events.v1alpha1", "argoproj.io/v1beta1", "tiphys.dev/v1alpha1"})
  void takesTheApiVersionsThatEventsAreSpelledWith(String apiVersion) {
    assertThat(codes(listening("apiVersion: " + apiVersion))).containsExactly(Code.EXTERNAL_EVENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "events.k8s.io/v1", "argoproj.io", "argoproj.io/latest"})
  void refusesEventsOfAnotherApi(String apiVersion) {
    assertThat(codes(listening("apiVersion: " + apiVersion))).contains(Code.UNSUPPORTED_VALUE);
  }

  private static String listening(String metadata) {
    return """
          container: {image: alpine, command: [echo]}
          inputs: [{name: x, valueFrom: {event: {metadata: {name: x, %s}, eventPolicy: create}}}]
    """
        .formatted(metadata);
  }

  @Test
  void refusesALabelThatWouldSetAnAttributeOfOurs() throws IllegalAccessException {
    for (Field constant : Attributes.class.getFields()) {
      // Given
      String labels = "labels: {%s: x}, ".formatted(constant.get(null));
      // When
      List<Code> codes = codes(watching(labels));
      // Then
      assertThat(codes).as(labels).containsExactly(Code.INVALID_ATTRIBUTE);
    }
  }

  @Test
  void warnsOfAnEndlessEmitterWhoseFunctionsReturn() {
    // Given
    String flipping =
        """
              steps: [[{name: flip, template: flip}, {name: heads, template: heads}]]
            - name: flip
              sidecars: [{name: lines, image: stdoutwatcher, parameters: {name: coin}}]
              script:
                image: python:alpine3.6
                command: [python]
                source: |
                  def threshold(num_tails):
                    return 0.5 ** num_tails
                  while True:
                    print(threshold(1))
            - name: heads
              container: {image: alpine, command: [echo]}
              inputs: [{name: x, valueFrom: {event: {metadata: {name: coin}, eventPolicy: create}}}]
        """;
    // When
    List<Code> endless = codes(flipping);
    List<Code> ending = codes(flipping.replace("print(", "exit("));
    // Then
    assertThat(endless).containsExactly(Code.ENDLESS_EMITTER);
    assertThat(ending).isEmpty();
  }

  @Test
  @DisplayName("B10: a watch that nothing ends may miss objects, and lint says so")
  void b10WarnsOfAWatchThatNothingEnds() {
    // Given
    String watch =
        """
              steps: [[{name: see, template: see}]]
            - name: see
              container: {image: alpine, command: [echo]}
              inputs:
                - {name: o, valueFrom: {event: {metadata: {apiVersion: v1, kind: ConfigMap}, eventPolicy: create}}}
        """;
    String end =
        "        - {name: x, valueFrom: {event: {metadata: {name: end}, eventPolicy: delete}}}\n";
    // Then
    assertThat(codes(watch)).containsExactly(Code.UNHEARD_EVENTS);
    assertThat(codes(watch + end)).containsExactly(Code.EXTERNAL_EVENT);
  }

  private static String watching(String stream) {
    return """
          container: {image: alpine, command: [echo]}
          sidecars: [{name: lines, image: stdoutwatcher, parameters: {%sname: said}}]
    """
        .formatted(stream);
  }

  private static List<Code> codes(String template) {
    return Compiler.compile("a.yaml", HEAD + template).diagnostics().stream()
        .map(Diagnostic::code)
        .toList();
  }
}
