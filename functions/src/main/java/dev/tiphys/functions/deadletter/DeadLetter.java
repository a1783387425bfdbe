package dev.tiphys.functions.deadletter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Signature;
import dev.tiphys.triggers.event.StructuredEvent;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An event that was given up on.
 *
 * @param name the same for the same event that was refused for the same reason
 * @param when it came first
 * @param workflow of the plan whose Trigger gave up on it, or of its run
 * @param run the run that has signed it; empty: none
 * @param times how often it came
 * @param event as it was published, without what carriers add
 */
public record DeadLetter(
    String name,
    Instant when,
    Refusal refusal,
    String workflow,
    String run,
    long times,
    CloudEvent event) {
  /**
   * What the data of one may have, in bytes. The event of a larger one is counted alone: in base64
   * it would leave too little room in a part.
   */
  public static final int DATA_MAX_BYTES = 128 * 1024;

  /** As long as an event's name among few thousand has to be. */
  private static final int NAME_DIGITS = 12;

  /**
   * An event that has just been given up on.
   *
   * @param event may have what carriers and brokers add
   */
  public static DeadLetter of(
      CloudEvent event, Refusal refusal, String workflow, String run, Instant when) {
    CloudEvent published = Attributes.withoutCarriers(event);
    return new DeadLetter(name(published, refusal), when, refusal, workflow, run, 1, published);
  }

  /** By all that the event says: whoever guesses an id must not make another event look known. */
  private static String name(CloudEvent event, Refusal refusal) {
    String all =
        Signature.fingerprint(event)
            + Json.write(new String[] {Integer.toString(refusal.status()), refusal.reason()});
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether its data are more than is kept. */
  boolean tooLarge() {
    return event.getData() != null && event.getData().toBytes().length > DATA_MAX_BYTES;
  }

  /** The same, come so often more. */
  DeadLetter again(long more) {
    return new DeadLetter(name, when, refusal, workflow, run, times + more, event);
  }

  /** It as a line of a part; the event is a structured CloudEvent, its data in base64. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Line(
      String letter,
      Instant when,
      int status,
      String reason,
      String destination,
      String workflow,
      String run,
      long times,
      JsonNode event) {}

  /** A line of JSON in ASCII, without its end. */
  public String line() {
    try {
      return Json.ascii(
          new Line(
              name,
              when,
              refusal.status(),
              refusal.reason(),
              refusal.destination(),
              workflow,
              run,
              times,
              Json.mapper().readTree(StructuredEvent.write(event))));
    } catch (IOException e) {
      throw new IllegalStateException("an event as JSON is JSON", e);
    }
  }

  /** What {@link #line} wrote; empty for anything else, as another Tiphys may have written it. */
  public static Optional<DeadLetter> read(String line) {
    try {
      Line read = Json.mapper().readValue(line, Line.class);
      return Optional.of(
          new DeadLetter(
              read.letter(),
              read.when(),
              new Refusal(read.status(), read.reason(), read.destination()),
              read.workflow(),
              read.run(),
              read.times(),
              StructuredEvent.read(
                  Json.mapper().writeValueAsBytes(read.event()), StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException e) {
      // the SDK throws many kinds for what is no event
      return Optional.empty();
    }
  }
}
