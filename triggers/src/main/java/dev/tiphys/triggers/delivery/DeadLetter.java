package dev.tiphys.triggers.delivery;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;

/** An event as the dead-letter sink gets it: with Knative's attributes that say what went wrong. */
final class DeadLetter {
  /** Address of the Subscriber that did not take it. */
  static final String DESTINATION = "knativeerrordest";

  /** Its last answer's HTTP status. */
  static final String CODE = "knativeerrorcode";

  /** The beginning of its last answer. */
  static final String ANSWER = "knativeerrordata";

  /** Characters of the answer that are kept; Knative's limit. */
  static final int ANSWER_LENGTH = 1024;

  private DeadLetter() {}

  static CloudEvent of(CloudEvent event, Trigger trigger, Subscriber.Response response) {
    CloudEventBuilder letter =
        CloudEventBuilder.from(event)
            .withExtension(DESTINATION, "http://" + trigger.subscriber().service() + path(trigger))
            .withExtension(CODE, response.status());
    String answer = attributeValue(response.problem());
    return (answer.isEmpty() ? letter : letter.withExtension(ANSWER, answer)).build();
  }

  private static String path(Trigger trigger) {
    return trigger.subscriber().path();
  }

  /** Attribute values hold no control characters and no unpaired surrogates (CloudEvents 3.1). */
  private static String attributeValue(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .limit(ANSWER_LENGTH)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }
}
