package dev.tiphys.compiler;

import dev.tiphys.compiler.check.Checks;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.compiler.plan.Planner;
import dev.tiphys.compiler.reader.WorkflowReader;
import dev.tiphys.compiler.source.YamlReader;
import dev.tiphys.triggers.plan.LogCapture;
import dev.tiphys.triggers.plan.Plan;
import java.util.Optional;

/** Compiles a workflow file: source, tree, model, checks, Plan. */
public final class Compiler {
  private Compiler() {}

  /** Compiles one workflow whose tasks' output is captured by files. */
  public static Compiled<Plan> compile(String fileName, String yaml) {
    return compile(fileName, yaml, LogCapture.FILES);
  }

  /**
   * Compiles one workflow. The same text always gives the same Plan, and no text makes it throw.
   *
   * @param fileName for the diagnostics only
   * @param yaml the file's text
   * @param capture how the tasks' output will be captured: not every way can do everything
   * @return the Plan, or all mistakes of the file at once
   */
  public static Compiled<Plan> compile(String fileName, String yaml, LogCapture capture) {
    Diagnostics found = new Diagnostics();
    Optional<Workflow> workflow =
        YamlReader.read(fileName, yaml, found).flatMap(root -> WorkflowReader.read(root, found));
    workflow.ifPresent(w -> Checks.run(w, capture, found));
    Plan plan = found.hasErrors() ? null : workflow.map(Planner::plan).orElseThrow();
    if (plan != null && plan.bytes() > Plan.MAX_BYTES) {
      found.report(
          Code.PLAN_TOO_LARGE,
          new SourceSpan(fileName, 1, 1),
          "the compiled workflow has %,d bytes, and a cluster keeps %,d at most"
              .formatted(plan.bytes(), Plan.MAX_BYTES),
          "split the workflow, or keep its data elsewhere: in an image, a ConfigMap, a volume");
      plan = null;
    }
    return new Compiled<>(plan, found.sorted());
  }
}
