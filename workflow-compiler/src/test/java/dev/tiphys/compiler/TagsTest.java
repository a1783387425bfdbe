package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Work;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C7: tags that are not Argo's are left alone")
class TagsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "print(f'{{\"n\": {n}}}')",
        "docker ps --format '{{.Names}} {{.Status}}'",
        "{{- if .Values.on }}x{{ end }}",
        "{{ user.name | upper }}",
        "{{ \"{{\" }}",
        "{{}}",
        "{{",
        "}} {{",
        "{{ never closed",
        "{{{{}}}}",
        "{{\nnothing\n}}",
        "}}}}",
      })
  void inAScript(String source) {
    assertThat(rendered(source)).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{.Names}} of {{inputs.parameters.x}} | {{.Names}} of VALUE",
        "{{{inputs.parameters.x}}}             | {VALUE}",
        "{{ a {{inputs.parameters.x}} b }}     | {{ a VALUE b }}",
        "{{ inputs.parameters.x }}{{y}}        | VALUE{{y}}",
      })
  void besideReferences(String source, String text) {
    assertThat(rendered(source)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{inputs.parameters.y}}       | UNKNOWN_PARAMETER",
        "{{workflow.nmae}}             | UNKNOWN_VARIABLE",
        "{{ steps.a.nothing }}         | UNKNOWN_VARIABLE",
        "{{item}}                      | UNSUPPORTED_VARIABLE",
        "{{retries}}                   | UNSUPPORTED_VARIABLE",
        "{{= 1 + 1 }}                  | UNSUPPORTED_EXPRESSION",
        "{{inputs.parameters.x         | INVALID_REFERENCE",
        "{{inputs.parameters.x} }      | INVALID_REFERENCE",
        "{{workflow.parameters.a-{{inputs.parameters.x}}}} | INVALID_REFERENCE",
      })
  void whatIsArgosIsStillRefused(String source, Code code) {
    assertThat(compile(source).diagnostics()).extracting(Diagnostic::code).containsExactly(code);
  }

  @Test
  void whatLooksMisspeltIsWarnedOf() {
    // Given
    String source = "{{input.parameters.x}}";
    // When
    Compiled<Plan> compiled = compile(source);
    // Then
    assertThat(compiled.hasErrors()).isFalse();
    assertThat(compiled.diagnostics())
        .extracting(Diagnostic::code, Diagnostic::hint)
        .containsExactly(tuple(Code.LITERAL_TAG, "did you mean `{{inputs.parameters.x}}`?"));
  }

  @Test
  void inQuotesOfAConditionAndNowhereElseThere() {
    assertThat(withCondition("'{{.x}}' == 'a'").hasErrors()).isFalse();
    assertThat(withCondition("{{.x}} == a").diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(Code.INVALID_CONDITION);
  }

  private static String rendered(String source) {
    Compiled<Plan> compiled = compile(source);
    assertThat(compiled.diagnostics()).isEmpty();
    Work work = Objects.requireNonNull(compiled.value()).task("say").work();
    return ((Work.Script) work).source().render(reference -> "VALUE");
  }

  private static Compiled<Plan> compile(String source) {
    return compile(source, "true");
  }

  private static Compiled<Plan> withCondition(String when) {
    return compile("hello", when);
  }

  private static Compiled<Plan> compile(String source, String when) {
    return Compiler.compile(
        "workflow.yaml",
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: lab-}
        spec:
          entrypoint: main
          templates:
            - name: main
              steps:
                - - name: say
                    template: say
                    when: %s
                    arguments: {parameters: [{name: x, value: "1"}]}
            - name: say
              metadata: {annotations: {note: "{{.Names}}"}}
              inputs: {parameters: [{name: x}]}
              script: {image: "python:alpine3.6", command: [python], source: %s}
        """
            .formatted(Json.write(when), Json.write(source)));
  }
}
