package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.functions.deadletter.DeadLetter;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.triggers.event.Signature;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** Where one is published; or why that cannot be. */
  private sealed interface Way {
    record To(Publication publication) implements Way {}

    record None(String why) implements Way {}
  }

  @Override
  int run(LetterStore store, Optional<Cluster> cluster) throws IOException, InterruptedException {
    Optional<Publication> direct = access.direct();
    if (direct.isEmpty() && cluster.isEmpty()) {
      throw invalid("to which broker? give --broker-url URL, as 'tiphys run' prints it");
    }
    List<Again> events = events(store.letters());
    if (events.isEmpty()) {
      err().println("no dead letters");
    }
    Map<String, Way> ways = new HashMap<>();
    Set<String> published = new HashSet<>();
    boolean all = true;
    try {
      for (Again event : events) {
        Way way =
            direct
                .<Way>map(Way.To::new)
                .orElseGet(() -> way(cluster.orElseThrow(), event.letter(), ways));
        if (published(event, way)) {
          published.addAll(event.names());
        } else {
          all = false;
        }
        if (published.size() >= REMOVED_TOGETHER) {
          remove(published, store);
        }
      }
    } finally {
      remove(published, store);
    }
    return all ? ExitCode.OK : ExitCode.FAILED;
  }

  /** What is published and stays, since this was killed, is only published twice. */
  private static void remove(Set<String> published, LetterStore store) throws IOException {
    if (!published.isEmpty()) {
      store.remove(published);
      published.clear();
    }
  }

  private boolean published(Again event, Way way) throws InterruptedException {
    String id = Escaped.text(event.letter().event().getId(), ID_LIMIT);
    Optional<String> problem =
        switch (way) {
          case Way.To(Publication publication) -> publication.of(event.letter().event());
          case Way.None(String why) -> Optional.of(why);
        };
    if (problem.isPresent()) {
      err().println("event " + id + " stays a dead letter: " + problem.get());
      return false;
    }
    out().println("event " + id + " published");
    return true;
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

  private Way way(Cluster cluster, DeadLetter letter, Map<String, Way> known) {
    Optional<String> broker =
        letter.run().isEmpty()
            ? cluster.deployed(letter.workflow()).map(Cluster.Deployed::broker)
            : brokerOf(cluster, letter.run());
    return broker
        .map(name -> known.computeIfAbsent(name, it -> way(cluster, it)))
        .orElseGet(
            () ->
                new Way.None(
                    letter.run().isEmpty()
                        ? "there is no workflow " + Escaped.text(letter.workflow(), ID_LIMIT)
                        : "there is no run " + Escaped.text(letter.run(), ID_LIMIT)));
  }

  private static Optional<String> brokerOf(Cluster cluster, String run) {
    Optional<WorkflowRun> found = cluster.run(run);
    return found.flatMap(cluster::deployed).map(Cluster.Deployed::broker);
  }

  private Way way(Cluster cluster, String broker) {
    Optional<URI> address = cluster.address(broker);
    return address
        .<Way>map(it -> new Way.To(access.to(it, cluster.audience(broker).orElse(null), cluster)))
        .orElseGet(() -> new Way.None("no Broker `%s`, or it is not ready".formatted(broker)));
  }
}
