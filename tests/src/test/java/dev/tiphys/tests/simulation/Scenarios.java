package dev.tiphys.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.tests.simulation.Scenario.Sender;
import dev.tiphys.tests.simulation.SimulatedTask.Behaviour;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Workflows, and what happens to them. */
final class Scenarios {
  /** More lines than a run lets a task write before it stops it. */
  static final int ENDLESS = 1_000_000;

  static final Map<String, Behaviour> SHOP =
      Map.of(
          "shop", new Behaviour(8, List.of("books", "bread"), 0),
          "pack", new Behaviour(2, List.of("parcel"), 0));

  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final Path RESOURCES = Path.of("src", "test", "resources", "simulation");
  private static final List<String> GOODS = List.of("books", "bread", "boots");

  private Scenarios() {}

  /** Those in which planted faults are looked for, by name. */
  static SortedMap<String, Scenario> all() {
    SortedMap<String, Scenario> all = new TreeMap<>();
    all.put("chain", Scenario.of(chain("", ""), SHOP));
    all.put("pods", Scenario.of(chain("", ""), SHOP).wherePodsGo(0.15));
    all.put(
        "parallelism",
        Scenario.of(chain("entrypoint: main", "parallelism: 2\n  entrypoint: main"), SHOP));
    all.put("replace", Scenario.of(policy("Replace"), SHOP));
    all.put("nested", nested());
    all.put("ui", ui("inPlace", 30));
    all.put("restart", ui("restart", 1_500));
    all.put("gathering", gathering(30, 200));
    all.put("orders", orders());
    all.put("flood", flood());
    all.put("versions", versions());
    return all;
  }

  static Scenario orders() {
    return Scenario.of(resource("orders.yaml"), Map.of("open", new Behaviour(40, List.of("-"), 0)))
        .with(
            new Sender("order", 20, prices(20, 5), 0, 1_500),
            new Sender("enough", 3, List.of(), 100, 1_500),
            // for a run that begins late
            new Sender("enough", 1, List.of(), 60_000, 1));
  }

  /** So many orders that the run's memory is full, and a person has to end it. */
  static Scenario flood() {
    return Scenario.of(resource("orders.yaml"), Map.of("open", new Behaviour(40, List.of("-"), 0)))
        .with(
            new Sender("order", 200, prices(1, 9), 0, 4_000),
            new Sender("enough", 1, List.of(), 2_000, 12_000))
        .stoppedAfter(Duration.ofSeconds(60));
  }

  /** The second version packs with another image, and fewer at a time. */
  static Scenario versions() {
    String text = read(RESOURCES.resolve("orders.yaml"));
    Plan second =
        compiled(
            "orders.yaml",
            text.replace("parallelism: 3", "parallelism: 1").replace("alpine:3.6", "alpine:3.7"));
    return orders().beside(second);
  }

  /** Packing is armed only after a while, and may be stopped before that. */
  static Scenario nested() {
    return Scenario.of(
            resource("nested.yaml"),
            Map.of("shop", new Behaviour(12, GOODS, 0), "wait", new Behaviour(15, List.of("-"), 0)))
        .with(new Sender("enough", 1, List.of(), 0, 800));
  }

  /**
   * A task that events update.
   *
   * @param pause longest time between two of them, in milliseconds
   */
  static Scenario ui(String strategy, int pause) {
    return Scenario.of(
        edited(
            "ui.yaml",
            "eventPolicy: update",
            "eventPolicy: update\n                updateStrategy: " + strategy),
        Map.of(
            "screen", new Behaviour(ENDLESS, List.of("shown"), 0, pause),
            "train", new Behaviour(12, List.of("epoch"), 0, pause)));
  }

  /**
   * Joins and windows that feed each other.
   *
   * @param orders how many
   * @param pause longest time between two of them, in milliseconds: if it is long, the windows by
   *     time are several
   */
  static Scenario gathering(int orders, int pause) {
    return Scenario.of(
        resource("gathering.yaml"),
        Map.of(
            "shop", new Behaviour(orders, GOODS, 0, pause),
            "bank", new Behaviour(9, GOODS, 0),
            "ship", new Behaviour(2, List.of("parcel"), 0)));
  }

  static Plan policy(String policy) {
    return chain(
        "- name: pack\n      inputs",
        "- name: pack\n      concurrencyPolicy: " + policy + "\n      inputs");
  }

  /** The chain, with one of its pieces replaced. */
  static Plan chain(String piece, String replacement) {
    return edited("chain.yaml", piece, replacement);
  }

  static Plan example(String file) {
    return compiled(file, read(EXAMPLES.resolve(file)));
  }

  private static Plan edited(String example, String piece, String replacement) {
    String text = read(EXAMPLES.resolve(example));
    assertThat(text).contains(piece);
    return compiled(example, piece.isEmpty() ? text : text.replace(piece, replacement));
  }

  private static Plan resource(String file) {
    return compiled(file, read(RESOURCES.resolve(file)));
  }

  private static List<String> prices(int dear, int cheap) {
    return Stream.of(
            Collections.nCopies(dear, "{\"price\": 20}"),
            Collections.nCopies(cheap, "{\"price\": 5}"),
            List.of("{\"cost\": 5}"))
        .flatMap(List::stream)
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Plan compiled(String name, String text) {
    Compiled<Plan> compiled = Compiler.compile(name, text);
    return Objects.requireNonNull(compiled.value(), () -> compiled.diagnostics().toString());
  }
}
