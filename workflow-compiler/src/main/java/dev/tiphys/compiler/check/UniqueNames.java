package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Workflow;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Ensures that no two things of one place have the same name. */
final class UniqueNames implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Stream.of(
            Stream.of(Names.templates(workflow)),
            Names.parameters(workflow),
            Names.steps(workflow),
            Names.containers(workflow),
            Names.volumes(workflow),
            Names.arguments(workflow),
            Names.environment(workflow))
        .flatMap(groups -> groups)
        .forEach(group -> check(group, found));
  }

  private static void check(Names.Group group, Diagnostics found) {
    Map<String, SourceSpan> seen = new HashMap<>();
    for (Located<String> name : group.names()) {
      SourceSpan first = seen.putIfAbsent(name.value(), name.at());
      if (first != null) {
        found.report(
            Code.DUPLICATE_NAME,
            name.at(),
            "the %s `%s` is already there on line %d".formatted(group.what(), name, first.line()),
            "rename or remove one of the two");
      }
    }
  }
}
