package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.Verdict;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code when} means: what Argo's govaluate makes of the same values. */
class ConditionTest {
  @Nested
  @DisplayName("C3: blanks around a number do not count")
  class Blanks {
    @ParameterizedTest
    @ValueSource(strings = {"10\n", " 10", "\t10 \r\n"})
    void aroundAValue(String x) {
      assertThat(decide("{{inputs.parameters.x}} > 3", x)).isEqualTo(new Verdict.Holds());
      assertThat(decide("{{inputs.parameters.x}} == 10", x)).isEqualTo(new Verdict.Holds());
    }
  }

  @Nested
  @DisplayName("C4: `when` means what Argo's does")
  class AsInArgo {
    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "'{{x}}' == '1.10'        ; 1.1     ; false",
          "'{{x}}' < '9'            ; 10      ; true",
          "'{{x}}' == 1             ; 1       ; false",
          "'{{x}}' != 1             ; 1       ; true",
          "{{x}} == 1.1             ; 1.10    ; true",
          "{{x}} == 16              ; 0x10    ; true",
          "{{x}} == 0.5             ; .5      ; true",
          "{{x}} == 1000            ; 1e3     ; true",
          "{{x}} > 100              ; 1.2E7   ; true",
          "{{x}} > 100              ; 12345678.9 ; true",
          "{{x}} < 1                ; 0.0005  ; true",
          "{{x}} > 1                ; 1E400   ; true",
          "{{x}} == 0               ; -0      ; true",
          "{{x}} < 0                ; -1      ; true",
          "{{x}} == 5               ; 5.      ; true",
          "{{x}} == 7               ; 007     ; true",
          "{{x}} == '7'             ; 7       ; false",
          "{{x}} == \"heads\"       ; ` heads ` ; true",
          "{{x}} == heads           ; heads   ; true",
          "heads == {{x}}           ; tails   ; false",
          "'{{x}}' == true          ; true    ; false",
          "{{x}} == true            ; true    ; true",
          "{{x}} == true            ; True    ; false",
          "{{x}} == 'true'          ; true    ; false",
          "{{x}}                    ; true    ; true",
          "{{x}}                    ; false   ; false",
          "(1 == 1) == {{x}}        ; true    ; true",
          "1 == 1 == {{x}}          ; true    ; true",
          "!{{x}} == false          ; true    ; true",
          "!({{x}} == 1)            ; 1       ; false",
          "{{x}} == 1               ; abc     ; false",
          "{{x}} != 1               ; abc     ; true",
          "{{x}} < abd              ; abc     ; true",
          "'{{x}}' < '\uFF5E'       ; \uD83D\uDE80 ; false",
          "1 == 1 || 2 == {{x}} && 1 == 2 ; 1 ; true",
          "false && {{x}}           ; abc     ; false",
          "true || {{x}}            ; abc     ; true",
          "{{x}} == 'a\\'b'         ; a'b     ; true",
          "{{x}} == [a b]           ; a b     ; true",
          "{{x}} == 1e3 && {{x}} >= 1e+3 && {{x}} > 1e-3 ; 1000 ; true",
        })
    void decides(String when, String x, boolean holds) {
      String expression = when.replace("{{x}}", "{{inputs.parameters.x}}");
      assertThat(decide(expression, x))
          .isEqualTo(holds ? new Verdict.Holds() : new Verdict.Fails());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "{{x}} > 1       ; abc",
          "{{x}} > 1       ; ``",
          "{{x}} == 1      ; ``",
          "{{x}} > '1'     ; 2",
          "{{x}} < false   ; true",
          "{{x}}           ; yes",
          "{{x}}           ; 1",
          "'{{x}}'         ; true",
          "'{{x}}'         ; ``",
          "{{x}}           ; ` `",
          "!{{x}}          ; 1",
          "{{x}} && true   ; abc",
          "false || {{x}}  ; abc",
        })
    void anErrorIsNoDecision(String when, String x) {
      String expression = when.replace("{{x}}", "{{inputs.parameters.x}}");
      assertThat(decide(expression, x)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void anEmptyValueAloneRuns() {
      assertThat(decide("{{inputs.parameters.x}}", "")).isEqualTo(new Verdict.Holds());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "1 == 1 || true",
          "' == '",
          "\" == \"",
          "a' == 'a",
          "{{inputs.parameters.x}}",
          ") || (true"
        })
    void aValueIsAnOperandAndNeverCode(String x) {
      assertThat(decide("{{inputs.parameters.x}} == heads", x)).isEqualTo(new Verdict.Fails());
      assertThat(decide("'{{inputs.parameters.x}}' == 'heads'", x)).isEqualTo(new Verdict.Fails());
    }

    @Test
    void numbersAreExactHoweverLong() {
      assertThat(decide("{{inputs.parameters.x}} == 12345678901234567890", "12345678901234567891"))
          .isEqualTo(new Verdict.Fails());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{{inputs.parameters.x}}-1 == 9",
          "{{inputs.parameters.x}} - 1 == 9",
          "a-b == a",
          "-{{inputs.parameters.x}} == 1",
          "~1 == 1",
          "{{inputs.parameters.x}} in ('a', 'b')",
          "{{inputs.parameters.x}} =~ '^a'",
          "{{inputs.parameters.x}} ? true : false",
        })
    void whatIsNotSupportedIsRefusedByName(String when) {
      assertThat(compile(when).diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly(Code.UNSUPPORTED_OPERATOR);
    }
  }

  private static Verdict decide(String when, String x) {
    Compiled<Plan> compiled = compile(when);
    assertThat(compiled.diagnostics()).isEmpty();
    Plan plan = Plan.fromJson(Objects.requireNonNull(compiled.value()).toJson());
    Condition condition =
        ((StepsTemplate) plan.template("inner")).groups().getFirst().getFirst().when();
    return Objects.requireNonNull(condition).decide(reference -> x);
  }

  private static Compiled<Plan> compile(String when) {
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
                - - name: inner
                    template: inner
                    arguments: {parameters: [{name: x, value: "1"}]}
            - name: inner
              inputs: {parameters: [{name: x}]}
              steps: [[{name: say, template: say, when: %s}]]
            - name: say
              container: {image: "alpine:3.6", command: [echo, hello]}
        """
            .formatted(Json.write(when)));
  }
}
