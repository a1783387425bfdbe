package dev.tiphys.sidecars.publish;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Position;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Makes the events of one stream. Their ids are {@code <instance uid>/<container>/<stream>/<n>},
 * the marker's {@code <instance uid>/<container>/<stream>/end}.
 */
public final class StreamEvents {
  private static final String JSON = "application/json";

  private final Contract contract;
  private final URI source;
  private final String idPrefix;

  /** What all of them have: made once, copied for each. */
  private final CloudEventBuilder common;

  /**
   * @param stream a name for the stream within its container
   */
  public StreamEvents(Contract contract, String stream) {
    Origin origin = contract.origin();
    this.contract = contract;
    this.source = origin.source();
    this.idPrefix = origin.instanceUid() + "/" + origin.container() + "/" + stream + "/";
    this.common = common(contract, source);
  }

  /** The n-th event. */
  public CloudEvent event(long number, Emission emission, Instant time) {
    return contract
        .key()
        .sign(at(number, Long.toString(number), time).withData(JSON, emission.data()).build());
  }

  /** What takes the n-th event's place after the sink has refused it. */
  public CloudEvent standIn(long number, Instant time, int status) {
    return contract
        .key()
        .sign(
            at(number, Long.toString(number), time)
                .withExtension(Attributes.REFUSED, Integer.toString(status))
                .build());
  }

  /**
   * What ends the stream.
   *
   * @param last number of its last event
   * @param discarded how many more there would have been
   */
  public CloudEvent marker(long last, long discarded, Instant time) {
    return contract
        .key()
        .sign(
            at(last, "end", time)
                .withExtension(Attributes.END_OF_STREAM, "true")
                .withExtension(Attributes.DISCARDED, Long.toString(discarded))
                .build());
  }

  private CloudEventBuilder at(long number, String id, Instant time) {
    return common
        .newBuilder()
        .withId(idPrefix + id)
        .withTime(time.atOffset(ZoneOffset.UTC))
        .withExtension(Attributes.SEQUENCE, new Position(source.toString(), number).attribute());
  }

  private static CloudEventBuilder common(Contract contract, URI source) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1().withSource(source).withType(contract.eventType());
    contract.labels().forEach(builder::withExtension);
    contract.overrides().forEach(builder::withExtension);
    Origin origin = contract.origin();
    return builder
        .withExtension(Attributes.WORKFLOW, origin.workflow())
        .withExtension(Attributes.RUN, origin.run())
        .withExtension(Attributes.TASK, origin.task())
        .withExtension(Attributes.INSTANCE, origin.instance())
        .withExtension(Attributes.PARTITION_KEY, origin.run());
  }
}
