package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Workflow;

/** One rule that a workflow has to keep. */
interface Check {
  /** Reports every place that breaks the rule. */
  void check(Workflow workflow, Diagnostics found);
}
