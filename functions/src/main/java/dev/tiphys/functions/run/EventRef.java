package dev.tiphys.functions.run;

import dev.tiphys.triggers.event.Position;

/** What a run knows an event again by. */
public sealed interface EventRef {
  /** Of one of the run's own streams: its place there. */
  record Numbered(Position position) implements EventRef {}

  /** Any other: the digest of its identity, as {@link OutsideMemory} makes it. */
  record Outside(String digest) implements EventRef {}
}
