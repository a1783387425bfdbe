package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Workflow;
import java.util.regex.Pattern;

/** Ensures that the workflow's name is a DNS-1123 label which leaves room for suffixes. */
final class WorkflowName implements Check {
  /** 63, the longest label, less 11 for the hash of a plan's name: {@code coinflip-0123456789}. */
  private static final int MAX_LENGTH = 52;

  private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Located<String> name = workflow.name();
    if (name == null) {
      return;
    }
    if (name.value().length() > MAX_LENGTH) {
      found.report(
          Code.INVALID_NAME,
          name.at(),
          "the workflow's name has " + name.value().length() + " characters",
          "shorten it to " + MAX_LENGTH + ": names of runs and objects are made by suffixes");
    } else if (!LABEL.matcher(name.value()).matches()) {
      found.report(
          Code.INVALID_NAME,
          name.at(),
          "the workflow `" + name + "` has an invalid name",
          "use lower-case letters, digits and `-`, beginning with a letter");
    }
  }
}
