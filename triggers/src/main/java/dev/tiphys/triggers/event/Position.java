package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import java.util.Optional;

/**
 * The place of an event in the stream that a sidecar publishes.
 *
 * @param stream the event's {@code source}: one per sidecar and instance
 * @param sequence from 1 without gaps; on an end-of-stream marker the number of the last event
 */
public record Position(String stream, long sequence) {
  /** Digits that a sequence is padded to: a million events a second for eleven days. */
  private static final int DIGITS = 12;

  public Position {
    if (sequence < 0) {
      throw new IllegalArgumentException("negative sequence: " + sequence);
    }
  }

  /** Empty for an event without a readable sequence number, as foreign events are. */
  public static Optional<Position> of(CloudEvent event) {
    return Optional.ofNullable(Attributes.value(event, Attributes.SEQUENCE))
        .flatMap(Position::parse)
        .map(n -> new Position(event.getSource().toString(), n));
  }

  /** The attribute's text: padded, so that it sorts as text. */
  public String attribute() {
    String digits = Long.toString(sequence);
    return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }

  /** Whether the event is the marker that ends its stream. */
  public static boolean endsStream(CloudEvent event) {
    return Boolean.parseBoolean(Attributes.value(event, Attributes.END_OF_STREAM));
  }

  /** Whether it stands in for an event that the sink refused: it keeps the stream without gaps. */
  public static boolean standsIn(CloudEvent event) {
    return Attributes.value(event, Attributes.REFUSED) != null;
  }

  private static Optional<Long> parse(String digits) {
    boolean plain =
        !digits.isEmpty()
            && digits.length() < 19
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return plain ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }
}
