package dev.tiphys.triggers.contract;

import java.util.List;

/**
 * What a carrier promises beyond what all of them do; {@code docs/carriers.md} has these as its
 * table, and {@link BrokerContract} holds each carrier to its own.
 *
 * @param carrier as the table names it
 * @param orderPerKey a Trigger gets the events of one partition key in the order of their
 *     publication
 * @param survivesRestart what was acknowledged is delivered though the broker's processes end and
 *     begin again in between
 * @param duplicates when an event is delivered once more though its Subscriber took it
 * @param slowsPublishers a Trigger that takes nothing makes publishers wait in the end; otherwise
 *     what comes is stored
 * @param endsLoops replies to replies to replies end
 */
public record Guarantees(
    String carrier,
    boolean orderPerKey,
    boolean survivesRestart,
    Duplicates duplicates,
    boolean slowsPublishers,
    boolean endsLoops) {
  /** Causes of a second delivery. */
  public enum Duplicates {
    /** The Subscriber's answer was lost. */
    LOST_ANSWER("when an answer is lost"),
    /** That, and the broker's own end at the wrong moment. */
    RESTART("when an answer is lost; after a restart");

    private final String words;

    Duplicates(String words) {
      this.words = words;
    }

    /** As the table has it. */
    public String words() {
      return words;
    }
  }

  public static final Guarantees EMBEDDED =
      new Guarantees("embedded", true, false, Duplicates.LOST_ANSWER, true, true);
  public static final Guarantees KAFKA =
      new Guarantees("Kafka", true, true, Duplicates.RESTART, false, true);
  public static final Guarantees KNATIVE_CHANNEL =
      new Guarantees("Knative, channel", false, false, Duplicates.RESTART, true, true);
  public static final Guarantees KNATIVE_KAFKA =
      new Guarantees("Knative, Kafka", true, true, Duplicates.RESTART, false, false);
  public static final Guarantees KUBERNETES =
      new Guarantees("Kubernetes API", true, true, Duplicates.RESTART, false, true);

  /** All carriers, in the order of the table. */
  public static final List<Guarantees> ALL =
      List.of(EMBEDDED, KAFKA, KNATIVE_CHANNEL, KNATIVE_KAFKA, KUBERNETES);

  /** As a row of the table. */
  public String row() {
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            carrier,
            yes(orderPerKey),
            yes(survivesRestart),
            duplicates.words(),
            yes(slowsPublishers),
            yes(endsLoops));
  }

  private static String yes(boolean holds) {
    return holds ? "yes" : "no";
  }
}
