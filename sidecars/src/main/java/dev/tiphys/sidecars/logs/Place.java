package dev.tiphys.sidecars.logs;

/**
 * A place in a log from which reading can begin, and the number of lines before it. Lines get the
 * same numbers whenever they are read, so what is published twice has the same ids.
 *
 * @param file time of the file's first record, which names it through rotation and compression;
 *     empty at the very beginning
 * @param offset bytes of that file, uncompressed; for the log API there is no file to count in
 * @param stdout lines so far of that output
 * @param stderr likewise
 * @param either lines so far of which nobody knows the output
 * @param events how many events came before it: not every line is one
 */
record Place(String file, long offset, long stdout, long stderr, long either, long events) {
  static final Place START = new Place("", 0, 0, 0, 0, 0);

  /** Lines so far of an output. */
  long lines(Output output) {
    return switch (output) {
      case STDOUT -> stdout;
      case STDERR -> stderr;
      case EITHER -> either;
    };
  }

  /** The same place after one more line. */
  Place plus(Output output) {
    return switch (output) {
      case STDOUT -> new Place(file, offset, stdout + 1, stderr, either, events);
      case STDERR -> new Place(file, offset, stdout, stderr + 1, either, events);
      case EITHER -> new Place(file, offset, stdout, stderr, either + 1, events);
    };
  }

  /** With the same lines before it. */
  Place at(String otherFile, long otherOffset) {
    return new Place(otherFile, otherOffset, stdout, stderr, either, events);
  }

  /** The same place, with so many events before it. */
  Place withEvents(long published) {
    return new Place(file, offset, stdout, stderr, either, published);
  }
}
