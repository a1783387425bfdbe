package dev.tiphys.cli.cluster;

import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.functions.deadletter.DeadLetter;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Publishes dead letters to the brokers of their workflows, or all to one. A broker that is gone is
 * given up: there may be thousands of letters, and each would be tried for seconds.
 */
final class LetterBrokers {
  private static final int NAME_LIMIT = 200;

  private final Optional<Publication> direct;
  private final Optional<Cluster> cluster;
  private final BrokerAccess access;

  /** By the Broker's name. */
  private final Map<String, Way> known = new HashMap<>();

  /** Why, by the broker's address. */
  private final SequencedMap<URI, String> givenUp = new LinkedHashMap<>();

  /**
   * @param direct the one broker of all; empty: the cluster is asked, which then has to be there
   */
  LetterBrokers(Optional<Publication> direct, Optional<Cluster> cluster, BrokerAccess access) {
    this.direct = direct;
    this.cluster = cluster;
    this.access = access;
  }

  /** What became of a letter. */
  sealed interface Outcome {
    /** The broker has it. */
    record Taken() implements Outcome {}

    /** This one cannot be published. */
    record Stays(String why) implements Outcome {}

    /** Its broker is given up. */
    record Untried() implements Outcome {}
  }

  /** Where a letter is published; or why that cannot be. */
  private sealed interface Way {
    record To(Publication publication) implements Way {}

    record None(String why) implements Way {}
  }

  /** Publishes one. */
  Outcome publish(DeadLetter letter) throws InterruptedException {
    return switch (way(letter)) {
      case Way.To(Publication publication) -> publish(letter, publication);
      case Way.None(String why) -> new Outcome.Stays(why);
    };
  }

  /** Why brokers were given up, a text for each. */
  Collection<String> givenUp() {
    return List.copyOf(givenUp.values());
  }

  private Outcome publish(DeadLetter letter, Publication publication) throws InterruptedException {
    if (givenUp.containsKey(publication.address())) {
      return new Outcome.Untried();
    }
    Optional<Publication.Problem> problem = publication.attempt(letter.event());
    return switch (problem.orElse(null)) {
      case null -> new Outcome.Taken();
      case Publication.Problem.OfEvent(String why) -> new Outcome.Stays(why);
      case Publication.Problem.OfBroker(String why) -> {
        givenUp.put(publication.address(), why);
        yield new Outcome.Untried();
      }
    };
  }

  private Way way(DeadLetter letter) {
    return direct.<Way>map(Way.To::new).orElseGet(() -> way(letter, cluster.orElseThrow()));
  }

  private Way way(DeadLetter letter, Cluster its) {
    Optional<String> broker =
        letter.run().isEmpty()
            ? its.deployed(letter.workflow()).map(Cluster.Deployed::broker)
            : brokerOf(its, letter.run());
    return broker
        .map(name -> known.computeIfAbsent(name, it -> way(its, it)))
        .orElseGet(
            () ->
                new Way.None(
                    letter.run().isEmpty()
                        ? "there is no workflow " + Escaped.text(letter.workflow(), NAME_LIMIT)
                        : "there is no run " + Escaped.text(letter.run(), NAME_LIMIT)));
  }

  private static Optional<String> brokerOf(Cluster cluster, String run) {
    Optional<WorkflowRun> found = cluster.run(run);
    return found.flatMap(cluster::deployed).map(Cluster.Deployed::broker);
  }

  private Way way(Cluster its, String broker) {
    Optional<URI> address = its.address(broker);
    return address
        .<Way>map(it -> new Way.To(access.to(it, its.audience(broker).orElse(null), its)))
        .orElseGet(() -> new Way.None("no Broker `%s`, or it is not ready".formatted(broker)));
  }
}
