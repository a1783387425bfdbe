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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any text compiles, or has diagnostics that stand in it; twice to the same bytes. What compiles
 * has the steps of the file, and can be kept, routed and deployed.
 */
final class CompilerOracle implements Oracle {
  private static final String FILE = "fuzzed.yaml";
  private static final Options OPTIONS = Options.defaults();
  private static final Pattern FORBIDDEN =
      Pattern.compile("the character U\\+([0-9A-F]{4,6}) is not allowed in YAML");

  private static final int MANY_PLANS = 2_000;

  /** Plans that have manifests, which an equal one need not make again. */
  private static final Set<String> DEPLOYED = new HashSet<>();

  @Override
  public void check(byte[] input) {
    check(new String(input, UTF_8));
  }

  static void check(String text) {
    Compiled<Plan> compiled = Compiler.compile(FILE, text);
    List<String> lines = lines(text);
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
    if (DEPLOYED.size() > MANY_PLANS) {
      DEPLOYED.clear();
    }
    FileSteps.check(text, plan);
    if (!DEPLOYED.contains(json)) {
      deploys(plan);
      DEPLOYED.add(json);
    }
  }

  private static void deploys(Plan plan) {
    Options options = plan.watches().isEmpty() ? OPTIONS : OPTIONS.withLogs(LogCapture.FILES);
    Expect.that(
        !Manifests.toYaml(KnativeManifests.of(plan, options)).isEmpty(), () -> "it has manifests");
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      char sign = text.charAt(at);
      boolean within = sign == '\r' && text.startsWith("\n", at + 1);
      if (!within && (sign == '\n' || sign == '\r')) {
        boolean both = at > start && sign == '\n' && text.charAt(at - 1) == '\r';
        lines.add(text.substring(start, both ? at - 1 : at));
        start = at + 1;
      }
    }
    lines.add(text.substring(start));
    return lines;
  }

  /** A place of the text; that of the character if one is forbidden. */
  private static void standsIn(List<String> lines, Diagnostic diagnostic) {
    int line = diagnostic.at().line();
    int column = diagnostic.at().column();
    Expect.that(
        line >= 1
            && line <= lines.size()
            && column >= 1
            && column <= length(lines.get(line - 1)) + 1,
        () -> "the text has a place " + diagnostic);
    Matcher forbidden = FORBIDDEN.matcher(diagnostic.message());
    if (forbidden.lookingAt()) {
      String text = lines.get(line - 1);
      Expect.that(
          column <= length(text)
              && text.codePointAt(text.offsetByCodePoints(0, column - 1))
                  == Integer.parseInt(forbidden.group(1), 16),
          () -> "the character stands there: " + diagnostic);
    }
  }

  private static int length(String line) {
    return line.codePointCount(0, line.length());
  }
}
