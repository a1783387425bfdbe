package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tiphys.compiler.diagnostic.DiagnosticText;
import dev.tiphys.triggers.plan.Plan;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The compiler's work grows with the file and no faster. What it allocates is the measure: it does
 * not depend on the machine, and every pass over a text or a list allocates. An expression that
 * goes back and forth does not: so the thread's own time has a bound too, far above what is needed.
 */
@DisplayName("D7: linear in the file's length")
class GrowthTest {
  private static final int TIMES = 8;
  private static final int SIGNS = 40_000;
  private static final Duration ENOUGH = Duration.ofSeconds(10);
  private static final String HEAD =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: large-}
      spec:
        entrypoint: t0
        templates:
      """;

  /** What compiling took of this thread. */
  private record Work(long bytes, long nanos) {}

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "a[", "{a,", "{a..", "//", "((", "$(", "${", "`", "\"", "a=", "; ", "| ", "-c ", "\\"
      })
  void withOneSignOfShellsAgainAndAgain(String sign) {
    // Given: a step from each to each would take minutes
    String yaml =
        HEAD
            + "    - name: t0\n      script:\n        image: a\n        command: [sh]\n"
            + "        source: '"
            + sign.repeat(SIGNS)
            + "'\n";

    // Then
    assertThat(work(yaml).nanos()).isLessThan(ENOUGH.toNanos());
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
    work(small); // classes are loaded once
    // When
    Work few = work(small);
    Work many = work(large);
    // Then
    double longer = (double) large.length() / small.length();
    assertThat((double) many.bytes() / few.bytes()).isLessThan(2 * longer);
    assertThat(many.nanos()).isLessThan(ENOUGH.toNanos());
  }

  private static Work work(String yaml) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long nanos = threads.getCurrentThreadCpuTime();
    var compiled = Compiler.compile("large.yaml", yaml);
    DiagnosticText.each(compiled.diagnostics(), yaml);
    Plan plan = compiled.value();
    assertThat(plan).isNotNull();
    return new Work(
        threads.getCurrentThreadAllocatedBytes() - bytes,
        threads.getCurrentThreadCpuTime() - nanos);
  }
}
