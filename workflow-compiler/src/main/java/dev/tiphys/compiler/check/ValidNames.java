package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Workflow;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ensures that names fit where they end up: in pods, labels and environment variables. */
final class ValidNames implements Check {
  /** A DNS-1123 label. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final String LABEL_HINT =
      "use lower-case letters, digits and `-`, 63 at most, a letter or digit at both ends";

  private static final Pattern PARAMETER = Pattern.compile("[-a-zA-Z0-9_]{1,63}");
  private static final String PARAMETER_HINT = "use letters, digits, `-` and `_`, 63 at most";

  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String VARIABLE_HINT = "use letters, digits and `_`, no digit first";

  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Stream.of(
            Stream.of(Names.templates(workflow)),
            Names.steps(workflow),
            Names.sidecars(workflow),
            Names.initContainers(workflow),
            Names.volumes(workflow))
        .flatMap(groups -> groups)
        .forEach(group -> check(group, LABEL, LABEL_HINT, found));
    Names.parameters(workflow).forEach(group -> check(group, PARAMETER, PARAMETER_HINT, found));
    Names.environment(workflow).forEach(group -> check(group, VARIABLE, VARIABLE_HINT, found));
  }

  private static void check(Names.Group group, Pattern valid, String hint, Diagnostics found) {
    group.names().stream()
        .filter(name -> !valid.matcher(name.value()).matches())
        .forEach(
            name ->
                found.report(
                    Code.INVALID_NAME,
                    name.at(),
                    "the " + group.what() + " `" + name + "` has an invalid name",
                    hint));
  }
}
