package dev.tiphys.tests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Manifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.plan.LogCapture;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Routes;
import java.util.regex.Pattern;

/**
 * Any text compiles, or has diagnostics that stand in it; twice to the same bytes. What compiles
 * can be kept, routed and deployed.
 */
final class CompilerOracle implements Oracle {
  private static final String FILE = "fuzzed.yaml";
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\n|\r");
  private static final Options OPTIONS = Options.defaults();

  @Override
  public void check(byte[] input) {
    check(new String(input, UTF_8));
  }

  static void check(String text) {
    Compiled<Plan> compiled = Compiler.compile(FILE, text);
    String[] lines = LINE_BREAK.split(text, -1);
    compiled.diagnostics().forEach(diagnostic -> standsIn(lines, diagnostic));
    Compiled<Plan> again = Compiler.compile(FILE, text);
    Expect.same(compiled.diagnostics(), again.diagnostics(), "the diagnostics of a second run");
    Plan plan = compiled.value();
    Plan second = again.value();
    if (plan == null || second == null) {
      Expect.that(plan == null && second == null, () -> "both runs refuse it");
      return;
    }
    String json = plan.toJson();
    Expect.same(json, second.toJson(), "the bytes of a second run");
    Plan read = Plan.fromJson(json);
    Expect.same(plan, read, "the Plan that was written and read");
    Expect.same(json, read.toJson(), "the bytes of the Plan that was read");
    Expect.same(Routes.of(plan), Routes.of(read), "the routes of the Plan that was read");
    deploys(plan);
  }

  private static void deploys(Plan plan) {
    Options options = plan.watches().isEmpty() ? OPTIONS : OPTIONS.withLogs(LogCapture.FILES);
    Expect.that(
        !Manifests.toYaml(KnativeManifests.of(plan, options)).isEmpty(), () -> "it has manifests");
  }

  private static void standsIn(String[] lines, Diagnostic diagnostic) {
    int line = diagnostic.at().line();
    int column = diagnostic.at().column();
    Expect.that(
        line >= 1
            && line <= lines.length
            && column >= 1
            && column <= lines[line - 1].codePointCount(0, lines[line - 1].length()) + 1,
        () -> "the text has a place " + diagnostic);
  }
}
