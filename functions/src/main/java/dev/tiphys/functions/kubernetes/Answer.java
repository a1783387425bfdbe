package dev.tiphys.functions.kubernetes;

/** What the API server said, as far as whoever asked has to tell apart. */
sealed interface Answer<T> {
  /** It did what was asked. */
  record Done<T>(T value) implements Answer<T> {}

  /** There is no such object. */
  record Absent<T>() implements Answer<T> {}

  /** An object of that name exists already. */
  record Exists<T>() implements Answer<T> {}

  /** The object is not any more what the request took it for. */
  record Stale<T>() implements Answer<T> {}
}
