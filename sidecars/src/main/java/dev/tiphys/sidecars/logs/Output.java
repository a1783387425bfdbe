package dev.tiphys.sidecars.logs;

/** What a line was written to. */
enum Output {
  STDOUT("stdout"),
  STDERR("stderr"),
  /** One of the two: the log API does not say which. */
  EITHER("both");

  private final String text;

  Output(String text) {
    this.text = text;
  }

  /** As an event's data name it. */
  String text() {
    return text;
  }
}
