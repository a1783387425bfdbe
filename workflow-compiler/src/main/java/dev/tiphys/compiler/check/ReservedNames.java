package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Workflow;
import java.util.stream.Stream;

/** Ensures that nothing takes a name that Tiphys gives in every pod. */
final class ReservedNames implements Check {
  private static final String MAIN_CONTAINER = "main";
  private static final String VOLUME_PREFIX = "tiphys-";
  private static final String VARIABLE_PREFIX = "TIPHYS_";

  @Override
  public void check(Workflow workflow, Diagnostics found) {
    names(Names.containers(workflow))
        .filter(name -> name.value().equals(MAIN_CONTAINER))
        .forEach(name -> report(name, "the task's own container has the name `main`", found));
    names(Names.volumes(workflow))
        .filter(name -> name.value().startsWith(VOLUME_PREFIX))
        .forEach(name -> report(name, "volumes that begin with `tiphys-` are Tiphys's", found));
    names(Names.environment(workflow))
        .filter(name -> name.value().startsWith(VARIABLE_PREFIX))
        .forEach(name -> report(name, "variables that begin with `TIPHYS_` are Tiphys's", found));
  }

  private static Stream<Located<String>> names(Stream<Names.Group> groups) {
    return groups.flatMap(group -> group.names().stream());
  }

  private static void report(Located<String> name, String message, Diagnostics found) {
    found.report(Code.RESERVED_NAME, name.at(), message, "choose another name");
  }
}
