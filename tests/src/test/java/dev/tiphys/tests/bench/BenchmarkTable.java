package dev.tiphys.tests.bench;

import dev.tiphys.sidecars.logs.ReadingBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The figures as Markdown, each beside the one of the same run that it is to be compared with. */
final class BenchmarkTable {
  static final String COMMAND = "mvn -q -Pbench -pl tests -am process-test-classes";

  private static final List<Section> SECTIONS =
      List.of(
          new Section(
              CompileBenchmark.class,
              "Compiling a workflow",
              "From the text to the Plan, by the number of task templates. The ratio is to 100"
                  + " templates: 10 is linear.",
              key -> key.parameter("templates", "100")),
          new Section(
              StartBenchmark.class,
              "From an event to the decision to start",
              "In a coin flip with ten active instances and a hundred that have ended.",
              key -> key.method("starts")),
          new Section(
              OutsideBenchmark.class,
              "A run's memory of events from outside",
              "From the delivery of an event whose `when` is false to the run that remembers it, in"
                  + " memory, by the number of events that it knows already. What is written into"
                  + " parts meanwhile is included. The ratio is to a thousand.",
              key -> key.parameter("known", "1000")),
          new Section(
              BrokerBenchmark.class,
              "Broker",
              "Events published and delivered, one after another as they are of one run, by the"
                  + " number of rules of the workflow; these take turns in one JVM. Behind the"
                  + " Triggers is nothing: the broker alone, or the start function with run and"
                  + " cluster in memory: what it reads of a thousand tasks is more than the"
                  + " processor's cache holds. The ratio is to one rule.",
              key -> key.method("rules1")),
          new Section(
              CarrierBenchmark.class,
              "Carriers",
              "Events of one run, published and delivered to a Subscriber that does nothing, by"
                  + " what carries them; both lines of a carrier take turns in one JVM. The ratio"
                  + " is to the carrier's raw client: a call of the Subscriber, or Kafka's producer"
                  + " and consumer with one ready record, on a server of one node.",
              key -> key.method("rawClient")),
          new Section(
              PublisherBenchmark.class,
              "Sidecar's publisher",
              "Numbered, signed and acknowledged over HTTP, server and client in one JVM, by the"
                  + " number of events under way at a time. The ratio is to a bare"
                  + " `java.net.http.HttpClient` that sends one ready request again and again.",
              key -> key.method("bareHttpClient")),
          new Section(
              ReadingBenchmark.class,
              "Stdoutwatcher's reading",
              "From the runtime's log file to the data of an event per line. The ratio is to the"
                  + " bare bytes of the file, whose line ends are counted.",
              key -> key.method("bareFile")));

  private final Map<Measured.Key, Measured> figures;

  /**
   * A part of the table.
   *
   * @param baseline what a figure is to be compared with
   */
  private record Section(
      Class<?> benchmark, String title, String explanation, UnaryOperator<Measured.Key> baseline) {}

  private BenchmarkTable(List<Measured> figures) {
    this.figures = figures.stream().collect(Collectors.toMap(Measured::key, Function.identity()));
  }

  static String of(List<Measured> figures) {
    BenchmarkTable table = new BenchmarkTable(figures);
    List<String> lines = new ArrayList<>(head());
    for (Section section : SECTIONS) {
      List<Measured> rows =
          figures.stream()
              .filter(m -> m.key().type().equals(section.benchmark().getName()))
              .toList();
      if (!rows.isEmpty()) {
        lines.addAll(table.section(section, rows));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> head() {
    return List.of(
        "# Benchmarks",
        "",
        "Made by `" + COMMAND + "` on",
        "",
        "- " + Machine.processors(),
        "- " + Machine.system(),
        "- " + Machine.java(),
        "",
        "Run it on a machine that has nothing else to do. ± is half of the 99.9 % confidence"
            + " interval. Figures of",
        "different machines and days do not compare; ratios do, as both sides are of the same"
            + " run.");
  }

  private List<String> section(Section section, List<Measured> rows) {
    List<String> lines = new ArrayList<>();
    lines.addAll(List.of("", "## " + section.title(), "", section.explanation(), ""));
    lines.add("| benchmark | figure | ± | unit | ratio |");
    lines.add("|---|---:|---:|---|---:|");
    for (Measured row : rows) {
      Measured baseline = figures.get(section.baseline().apply(row.key()));
      lines.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  row.key(),
                  number(row.score()),
                  number(row.error()),
                  unit(row.unit()),
                  baseline == null ? "–" : ratio(row.score() / baseline.score())));
    }
    return lines;
  }

  private static String unit(String jmh) {
    return jmh.replace("ops/s", "events/s").replace("/op", "").replace("us", "µs");
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  private static String number(double number) {
    return Double.isNaN(number)
        ? "–"
        : String.format(Locale.ROOT, number < 100 ? "%.2f" : "%,.0f", number);
  }
}
