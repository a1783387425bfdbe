package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.stream.Stream;

/** Ensures that the entrypoint and every step name a template that is there. */
final class KnownTemplates implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Stream.concat(
            Stream.ofNullable(workflow.entrypoint()),
            workflow.templates().scopes().flatMap(Template.Steps::steps).map(Step::template))
        .filter(name -> workflow.templates().find(name.value()).isEmpty())
        .forEach(name -> report(name, workflow, found));
  }

  private static void report(Located<String> name, Workflow workflow, Diagnostics found) {
    found.report(
        Code.UNKNOWN_TEMPLATE,
        name.at(),
        "there is no template `" + name + "`",
        Spelling.didYouMean(
            name.value(), workflow.templates().names(), "add it to `spec.templates`"));
  }
}
