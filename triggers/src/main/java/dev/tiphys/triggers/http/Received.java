package dev.tiphys.triggers.http;

import io.cloudevents.CloudEvent;

/** What an HTTP message turned out to be. */
public sealed interface Received {
  /** A CloudEvent. */
  record Event(CloudEvent event) implements Received {}

  /** A message that does not claim to be one. */
  record Other() implements Received {}

  /**
   * One that claims to be one and is not.
   *
   * @param status 415 for a content type that is not understood, else 400
   * @param detail what is wrong; quotes nothing of the message
   */
  record Malformed(int status, String detail) implements Received {}
}
