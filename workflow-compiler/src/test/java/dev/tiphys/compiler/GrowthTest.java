package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tiphys.compiler.diagnostic.DiagnosticText;
import dev.tiphys.triggers.plan.Plan;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The compiler's work grows with the file and no faster. What it allocates is the measure: it does
 * not depend on the machine, and every pass over a text or a list allocates.
 */
@DisplayName("D7: linear in the file's length")
class GrowthTest {
  private static final int TIMES = 8;
  private static final String HEAD =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: large-}
      spec:
        entrypoint: t0
        templates:
      """;

  @Test
  void withNestedTemplates() {
    assertLinear(
        n ->
            HEAD
                + lines(
                    n,
                    "    - {name: t%1$d, steps: [[{name: a, template: t%2$d}], [{name: b, template:"
                        + " end}]]}")
                + "    - {name: t"
                + n
                + ", container: {image: a, command: [echo]}}\n"
                + "    - {name: end, container: {image: a, command: [echo]}}\n",
        250);
  }

  @Test
  void withNestedTemplatesInReverse() {
    assertLinear(
        n ->
            HEAD.replace("t0", "t" + n)
                + "    - {name: t0, container: {image: a, command: [echo]}}\n"
                + lines(n, "    - {name: t%2$d, steps: [[{name: a, template: t%1$d}]]}"),
        250);
  }

  @Test
  void withALongTextInEach() {
    assertLinear(
        n ->
            HEAD
                + "    - name: t0\n      script:\n        image: a\n        command: [sh]\n"
                + "        source: |\n"
                + lines(n, "          echo %1$d {{workflow.name}} {{.Names}} { {{{ }} } {{"),
        500);
  }

  @Test
  void withTagsThatAreNeverClosed() {
    assertLinear(
        n ->
            HEAD
                + "    - name: t0\n      script:\n        image: a\n        command: [sh]\n"
                + "        source: '"
                + "{{".repeat(n)
                + "'\n",
        5_000);
  }

  @Test
  void withEventsInEach() {
    assertLinear(
        n ->
            HEAD
                + lines(
                    n,
                    "    - {name: t%1$d, steps: [[{name: a, template: t%2$d}, {name: e, template:"
                        + " e}]]}")
                + "    - name: t"
                + n
                + "\n      container: {image: a, command: [echo]}\n"
                + "      sidecars: [{name: w, image: stdoutwatcher, parameters: {name: line}}]\n"
                + "    - name: e\n      container: {image: a, command: [echo]}\n"
                + "      inputs:\n        parameters:\n          - name: line\n"
                + "            valueFrom: {event: {metadata: {name: line}, eventPolicy: create}}\n",
        200);
  }

  @Test
  void withManyWarnings() {
    assertLinear(
        n ->
            HEAD
                + "    - {name: t0, container: {image: a, command: [echo]}}\n"
                + lines(n, "    - {name: u%1$d, container: {image: a, command: [echo]}}"),
        100);
  }

  @Test
  void withManyArguments() {
    assertLinear(
        n ->
            HEAD
                + "    - name: t0\n      steps:\n        - - name: a\n            template: b\n"
                + "            arguments:\n              parameters:\n"
                + lines(n, "                - {name: p%1$d, value: '1'}")
                + "    - name: b\n      inputs:\n        parameters:\n"
                + lines(n, "          - {name: p%1$d}")
                + "      container: {image: a, command: [echo]}\n",
        250);
  }

  private static String lines(int n, String format) {
    return IntStream.range(0, n)
        .mapToObj(i -> format.formatted(i, i + 1) + "\n")
        .collect(Collectors.joining());
  }

  private static void assertLinear(IntFunction<String> file, int n) {
    // Given
    String small = file.apply(n);
    String large = file.apply(n * TIMES);
    allocated(small); // classes are loaded once
    // When
    long few = allocated(small);
    long many = allocated(large);
    // Then
    double longer = (double) large.length() / small.length();
    assertThat((double) many / few).isLessThan(2 * longer);
  }

  private static long allocated(String yaml) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    var compiled = Compiler.compile("large.yaml", yaml);
    DiagnosticText.each(compiled.diagnostics(), yaml);
    Plan plan = compiled.value();
    assertThat(plan).isNotNull();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
