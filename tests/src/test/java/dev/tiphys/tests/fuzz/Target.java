package dev.tiphys.tests.fuzz;

import dev.tiphys.sidecars.logs.LogOracle;
import dev.tiphys.sidecars.proxy.PassageOracle;
import dev.tiphys.sidecars.proxy.ProxyOracle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is fuzzed: how an input is judged, and the classes whose branches guide the search. */
@SuppressWarnings("ImmutableEnumChecker") // an oracle may keep what is costly to set up
enum Target {
  COMPILER(new CompilerOracle(), 4096, "dev.tiphys.compiler.**", "dev.tiphys.triggers.plan.**"),
  WORKFLOW(
      new WorkflowOracle(),
      4096,
      "dev.tiphys.compiler.**",
      "dev.tiphys.triggers.plan.**",
      "dev.tiphys.knative.**"),
  WHEN(
      new WhenOracle(),
      200,
      "dev.tiphys.compiler.reader.**",
      "dev.tiphys.triggers.plan.**",
      "dev.tiphys.tests.fuzz.**"),
  EVENT(
      new EventOracle(),
      1024,
      "dev.tiphys.triggers.**",
      "io.cloudevents.**",
      "dev.tiphys.tests.fuzz.**"),
  SIGNATURE(new SignatureOracle(), 512, "dev.tiphys.triggers.**", "io.cloudevents.**"),
  FIELD(new FieldOracle(), 256, "dev.tiphys.triggers.**"),
  EXPANSION(new ExpansionOracle(), 128, "dev.tiphys.functions.port.**", "dev.tiphys.tests.fuzz.**"),
  LOG(
      new LogOracle(),
      512,
      "dev.tiphys.sidecars.logs.**",
      "dev.tiphys.sidecars.stdout.**",
      "dev.tiphys.triggers.json.**"),
  PASSAGE(new PassageOracle(), 200, "dev.tiphys.sidecars.proxy.**", "dev.tiphys.triggers.plan.**"),
  PROXY(new ProxyOracle(), 512, "dev.tiphys.sidecars.proxy.**");

  private static final String ALL = "all";

  private final Oracle oracle;
  private final int maxBytes;
  private final List<String> instrumented;

  Target(Oracle oracle, int maxBytes, String... instrumented) {
    this.oracle = oracle;
    this.maxBytes = maxBytes;
    this.instrumented = List.of(instrumented);
  }

  /** Those with these names, which commas separate; or all. */
  static List<Target> named(String names) {
    return names.equals(ALL)
        ? List.of(values())
        : Arrays.stream(names.split(","))
            .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
            .toList();
  }

  Oracle oracle() {
    return oracle;
  }

  /** Longest input that is tried. */
  int maxBytes() {
    return maxBytes;
  }

  /** Patterns of class names. */
  List<String> instrumented() {
    return instrumented;
  }

  /** Whether it needs connections; of any other they are a finding. */
  boolean connects() {
    return this == PROXY;
  }

  /** Whether an input is kept as well that comes nearer to a value; of files they are too many. */
  boolean comparesValues() {
    return this != COMPILER && this != WORKFLOW;
  }

  /** As it is named on the command line, and its folder. */
  String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
