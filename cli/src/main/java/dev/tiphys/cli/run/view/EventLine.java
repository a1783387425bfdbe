package dev.tiphys.cli.run.view;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Position;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One event on one line: {@code coin coinflip-1-flip-coin-0a1b #12 {"content":"heads"}}. */
public final class EventLine {
  private static final int NAME_LIMIT = 80;
  private static final int DATA_LIMIT = 120;

  /** Bytes of the data that are looked at: enough for the characters that are shown. */
  private static final int DATA_BYTES = 4 * (DATA_LIMIT + 1);

  private EventLine() {}

  /**
   * The event's type, who emitted it and its place in the stream, and the beginning of its data.
   */
  public static String of(CloudEvent event) {
    List<String> parts = new ArrayList<>();
    parts.add(Escaped.text(event.getType(), NAME_LIMIT));
    parts.add(Escaped.text(emitter(event), NAME_LIMIT) + place(event));
    if (Position.endsStream(event)) {
      parts.add("(end of stream)");
    } else if (event.getData() != null) {
      parts.add(Escaped.text(beginning(event.getData().toBytes()), DATA_LIMIT));
    }
    return String.join("  ", parts);
  }

  private static String emitter(CloudEvent event) {
    String instance = Attributes.value(event, Attributes.INSTANCE);
    return instance == null ? event.getSource() + " " + event.getId() : instance;
  }

  private static String place(CloudEvent event) {
    return Position.of(event).map(position -> " #" + position.sequence()).orElse("");
  }

  private static String beginning(byte[] data) {
    return new String(
        Arrays.copyOf(data, Math.min(data.length, DATA_BYTES)), StandardCharsets.UTF_8);
  }
}
