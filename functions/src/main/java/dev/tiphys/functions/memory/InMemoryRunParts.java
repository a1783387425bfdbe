package dev.tiphys.functions.memory;

import dev.tiphys.functions.port.RunParts;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Parts of runs in memory, with optimistic locking like a cluster's. */
public final class InMemoryRunParts implements RunParts {
  private final ConcurrentMap<Key, Part> parts = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();

  private record Key(Owner owner, String purpose, int shard) {
    static Key of(Part part) {
      return new Key(part.owner(), part.purpose(), part.shard());
    }
  }

  @Override
  public Optional<Part> find(Owner owner, String purpose, int shard) {
    return Optional.ofNullable(parts.get(new Key(owner, purpose, shard)));
  }

  @Override
  public Optional<Part> write(Part part) {
    Part next =
        new Part(
            part.owner(),
            part.purpose(),
            part.shard(),
            Long.toString(versions.incrementAndGet()),
            part.data());
    Part stored =
        parts.compute(
            Key.of(part),
            (key, before) -> {
              String version = before == null ? "" : before.version();
              return version.equals(part.version()) ? next : before;
            });
    return stored.equals(next) ? Optional.of(next) : Optional.empty();
  }
}
