package dev.tiphys.cli.sidecar;

import java.util.Locale;

/** What the contract asks of an event sidecar, and what to do where it is not so. */
enum Rule {
  EMITS("it emits events", "let it see something to tell of; --wait gives it more time"),
  BINARY(
      "each event is a POST in CloudEvents' binary mode",
      "send attributes as ce-* headers, and the data alone as the body"),
  ATTRIBUTES(
      "each event has specversion 1.0, id, source, type and time",
      "set ce-specversion, ce-id, ce-source, ce-type and ce-time"),
  TYPE("the type is TIPHYS_EVENT_TYPE", "set ce-type to it"),
  SOURCE("the source is TIPHYS_SOURCE", "set ce-source to it"),
  RUN(
      "workflowrun and partitionkey are TIPHYS_RUN",
      "set ce-workflowrun and ce-partitionkey to it"),
  TASK("the task is TIPHYS_TASK", "set ce-task to it"),
  DATA("the data are JSON", "send content-type application/json and one JSON value"),
  SIGNATURE(
      "each event is signed with the key in TIPHYS_KEY",
      "set ce-tiphyssignature as docs/sidecars.md describes, over all attributes that are sent"),
  SEQUENCE(
      "events are numbered from 1 without gaps",
      "set ce-sequence to the number, with zeros in front to 12 digits"),
  RETRY(
      "what is not acknowledged is posted again",
      "repeat the POST, a little later each time, until the answer is 2xx"),
  IDENTITY(
      "an event has the same id and data whenever it is posted, also after a restart",
      "make ids of TIPHYS_INSTANCE_UID, TIPHYS_CONTAINER and the number; keep in TIPHYS_STATE"
          + " what a restart has to know"),
  MARKER(
      "after SIGTERM the stream ends with a marker that has the number of the last event",
      "post one more event with ce-endofstream true, and in ce-sequence the last number"),
  LAST(
      "the marker comes when all events are acknowledged, and nothing after it",
      "wait for each acknowledgement before the marker is posted"),
  EXIT(
      "it exits with 0 within TIPHYS_GRACE after SIGTERM",
      "handle SIGTERM: publish what is left, then the marker, and exit"),
  HONEST_EXIT(
      "it does not exit with 0 when its marker is not acknowledged",
      "exit with another code when time runs out, or go on trying until it is killed");

  private final String text;
  private final String remedy;

  Rule(String text, String remedy) {
    this.text = text;
    this.remedy = remedy;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String text() {
    return text;
  }

  String remedy() {
    return remedy;
  }
}
