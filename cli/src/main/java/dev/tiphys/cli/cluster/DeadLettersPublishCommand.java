package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.functions.deadletter.DeadLetter;
import dev.tiphys.triggers.event.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys dead-letters publish ID...}. */
@Command(
    name = "publish",
    description = {
      "Publish events once more that could not be used, to their workflow's Broker: with the same"
          + " id, source, signature and data. What is taken is no dead letter any more."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys dead-letters publish order-17",
      "  tiphys dead-letters publish --all -n shop",
      "  tiphys dead-letters publish --all --folder /tmp/tiphys-4320 --broker-url"
          + " http://127.0.0.1:36401/",
      "",
      "Exit codes: 0 all were taken, 1 one was not; 2 the call is wrong;",
      "            69 the cluster cannot or will not."
    })
final class DeadLettersPublishCommand extends LettersCommand {
  private static final int ID_LIMIT = 200;

  /** Letters that are removed at once, since each time all parts are read. */
  private static final int REMOVED_TOGETHER = 100;

  @ArgGroup(multiplicity = "1")
  private Chosen chosen = new Chosen();

  /** One of the two. */
  static final class Chosen {
    @Parameters(
        arity = "1..*",
        paramLabel = "ID",
        description =
            "Names of letters, or ids of their events, as 'dead-letters list' shows them.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All that there are.")
    private boolean all;
  }

  @Mixin private BrokerAccess access;

  /** An event, and all letters that it is in: it may have been refused for several reasons. */
  private record Again(DeadLetter letter, Set<String> names) {}

  @Override
  int run(LetterStore store, Optional<Cluster> cluster) throws IOException, InterruptedException {
    List<Again> events = events(store.letters());
    Optional<Publication> direct = access.direct();
    if (events.isEmpty()) {
      err().println("no dead letters");
      return ExitCode.OK;
    }
    if (direct.isEmpty() && cluster.isEmpty()) {
      throw invalid("to which broker? give --broker-url URL, as 'tiphys run' prints it");
    }
    LetterBrokers brokers = new LetterBrokers(direct, cluster, access);
    Set<String> published = new HashSet<>();
    int taken = 0;
    try {
      for (Again event : events) {
        if (published(event, brokers)) {
          taken++;
          published.addAll(event.names());
        }
        if (published.size() >= REMOVED_TOGETHER) {
          remove(published, store);
        }
      }
    } finally {
      remove(published, store);
    }
    if (!brokers.givenUp().isEmpty()) {
      complain(
          String.join("\n", brokers.givenUp())
              + "\n  %,d published, %,d remain".formatted(taken, events.size() - taken));
    }
    return taken == events.size() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** What is published and stays, since this was killed, is only published twice. */
  private static void remove(Set<String> published, LetterStore store) throws IOException {
    if (!published.isEmpty()) {
      store.remove(published);
      published.clear();
    }
  }

  private boolean published(Again event, LetterBrokers brokers) throws InterruptedException {
    String id = Escaped.text(event.letter().event().getId(), ID_LIMIT);
    return switch (brokers.publish(event.letter())) {
      case LetterBrokers.Outcome.Taken() -> {
        out().println("event " + id + " published");
        yield true;
      }
      case LetterBrokers.Outcome.Stays(String why) -> {
        err().println("event " + id + " stays a dead letter: " + why);
        yield false;
      }
      case LetterBrokers.Outcome.Untried() -> false;
    };
  }

  /** Each event once, in the order in which they came. */
  private List<Again> events(List<DeadLetter> letters) {
    SequencedMap<String, List<DeadLetter>> byEvent = new LinkedHashMap<>();
    letters.forEach(
        letter ->
            byEvent
                .computeIfAbsent(Signature.fingerprint(letter.event()), _ -> new ArrayList<>())
                .add(letter));
    Set<String> wanted = chosen.all ? byEvent.keySet() : wanted(letters);
    return byEvent.entrySet().stream()
        .filter(event -> wanted.contains(event.getKey()))
        .map(Map.Entry::getValue)
        .map(
            its ->
                new Again(
                    its.getFirst(), its.stream().map(DeadLetter::name).collect(Collectors.toSet())))
        .toList();
  }

  private Set<String> wanted(List<DeadLetter> letters) {
    return chosen.ids.stream().map(id -> event(letters, id)).collect(Collectors.toSet());
  }

  /** Anybody can have posted another event with the same id. */
  private String event(List<DeadLetter> letters, String id) {
    List<DeadLetter> found = named(letters, id);
    Set<String> events =
        found.stream()
            .map(letter -> Signature.fingerprint(letter.event()))
            .collect(Collectors.toSet());
    if (events.size() > 1) {
      throw invalid(
          "several events have the id `%s`: name one of the letters %s"
              .formatted(
                  id, found.stream().map(DeadLetter::name).collect(Collectors.joining(", "))));
    }
    return events.iterator().next();
  }
}
