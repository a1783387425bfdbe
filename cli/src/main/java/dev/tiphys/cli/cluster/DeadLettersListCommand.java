package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.functions.deadletter.DeadLetter;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys dead-letters list}. */
@Command(
    name = "list",
    aliases = "ls",
    description = "List events that could not be used, the newest last.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys dead-letters list",
      "  tiphys dead-letters list external -o json | jq -r 'select(.status == 422) | .letter'"
    })
final class DeadLettersListCommand extends LettersCommand {
  private static final int NAME_LIMIT = 40;
  private static final int REASON_LIMIT = 80;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "WORKFLOW|RUN",
      description = "Only those of this workflow, or of this run. Default: all.")
  private @Nullable String about;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, or json: one object for each, a line each (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  int run(LetterStore store, Optional<Cluster> cluster) throws IOException {
    List<LetterStore.Kept> parts =
        store.parts().stream().filter(part -> part.about(about)).toList();
    List<DeadLetter> letters =
        parts.stream()
            .flatMap(part -> part.letters(about))
            .sorted(Comparator.comparing(DeadLetter::when))
            .toList();
    if (about != null && parts.isEmpty() && cluster.isPresent()) {
      require(cluster.get(), about);
    }
    switch (output) {
      case JSON ->
          letters.stream().map(DeadLetterRecord::of).map(Json::ascii).forEach(out()::println);
      case TEXT -> table(letters);
    }
    long unkept = parts.stream().mapToLong(part -> part.part().unkept()).sum();
    if (unkept > 0) {
      err()
          .println(
              "! %,d more came and were not kept, beyond what is kept at most".formatted(unkept));
    }
    return ExitCode.OK;
  }

  private void require(Cluster cluster, String name) {
    if (!cluster.hasWorkflow(name) && cluster.run(name).isEmpty()) {
      throw invalid(
          "neither a workflow nor a run `%s` in namespace `%s`"
              .formatted(name, cluster.namespace()));
    }
  }

  private void table(List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      err().println(about == null ? "no dead letters" : "no dead letters of " + about);
      return;
    }
    Table table = new Table("LETTER", "WHEN", "TYPE", "ID", "SOURCE", "REASON", "RUN", "TIMES");
    for (DeadLetter letter : letters) {
      table.add(
          Escaped.text(letter.name(), NAME_LIMIT),
          letter.when().truncatedTo(ChronoUnit.SECONDS).toString(),
          Escaped.text(letter.event().getType(), NAME_LIMIT),
          Escaped.text(letter.event().getId(), NAME_LIMIT),
          Escaped.text(letter.event().getSource().toString(), NAME_LIMIT),
          letter.refusal().status() + " " + Escaped.text(letter.refusal().reason(), REASON_LIMIT),
          Escaped.text(letter.run(), NAME_LIMIT),
          Long.toString(letter.times()));
    }
    table.lines().forEach(out()::println);
  }
}
