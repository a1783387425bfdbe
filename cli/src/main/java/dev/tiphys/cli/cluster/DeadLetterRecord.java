package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.functions.deadletter.DeadLetter;
import java.time.Instant;

/**
 * A dead letter as {@code dead-letters list} prints it as JSON; a public format, so names and types
 * stay.
 *
 * @param letter its name
 * @param when it came first
 * @param times how often it came
 * @param status HTTP's; 0 where nobody says
 * @param destination who did not take it
 * @param run that has signed the event; empty: none
 * @param bytes of data
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record DeadLetterRecord(
    String letter,
    Instant when,
    long times,
    String type,
    String id,
    String source,
    int status,
    String reason,
    String destination,
    String workflow,
    String run,
    int bytes) {
  static DeadLetterRecord of(DeadLetter letter) {
    return new DeadLetterRecord(
        letter.name(),
        letter.when(),
        letter.times(),
        letter.event().getType(),
        letter.event().getId(),
        letter.event().getSource().toString(),
        letter.refusal().status(),
        letter.refusal().reason(),
        letter.refusal().destination(),
        letter.workflow(),
        letter.run(),
        letter.event().getData() == null ? 0 : letter.event().getData().toBytes().length);
  }
}
