package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowKindTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow",
        "kind: CronWorkflow\nmetadata: {name: x}\napiVersion: tiphys.dev/v1alpha1",
        "{\"apiVersion\": \"argoproj.io/v1alpha1\", \"kind\": \"WorkflowTemplate\"}",
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: [",
      })
  void knowsAWorkflowEvenABrokenOne(String text) {
    assertThat(WorkflowKind.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 0x1b, 0x80, 0xfffe, 0xffff})
  void knowsAWorkflowWithAForbiddenCharacterAnywhere(int forbidden) {
    String workflow = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n";
    for (int place = 0; place <= workflow.length(); place++) {
      // Given
      String text = new StringBuilder(workflow).insert(place, (char) forbidden).toString();
      // When // Then
      assertThat(WorkflowKind.isIn(text)).as("at %d", place).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just text",
        "- apiVersion: argoproj.io/v1alpha1\n  kind: Workflow",
        "apiVersion: v1\nkind: Service",
        "apiVersion: argoproj.io/v1alpha1\nkind: Application",
        "apiVersion: v1\nkind: List\n---\napiVersion: argoproj.io/v1alpha1\nkind: Workflow",
        "spec: {apiVersion: argoproj.io/v1alpha1, kind: Workflow}",
        "x: [kind\n",
        "apiVersion: v1\nkind: Service\n\0",
      })
  void knowsWhatIsNone(String text) {
    assertThat(WorkflowKind.isIn(text)).isFalse();
  }
}
