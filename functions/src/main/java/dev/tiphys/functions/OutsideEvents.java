package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.RunParts.Part;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.OutsideMemory;
import dev.tiphys.functions.run.PackedDigests;
import dev.tiphys.functions.run.Run;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The parts in which runs keep the events from outside that their objects have no room for. A part
 * only ever gains entries, so what was read of one is good as long as it holds as many as the run
 * says.
 */
final class OutsideEvents {
  /** Tries to add to a part that others add to as well. */
  private static final int TRIES = 20;

  /** Parts that are kept as they were read, of 256 KiB at most. */
  private static final int KNOWN_MAX = 2 * OutsideMemory.PARTS_MAX;

  private final RunParts parts;
  private final Map<Key, PackedDigests> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PackedDigests> eldest) {
          return size() > KNOWN_MAX;
        }
      };

  private record Key(String run, int shard) {}

  OutsideEvents(RunParts parts) {
    this.parts = parts;
  }

  /** What the run's parts hold; they are read when they are first asked. */
  Recall recall(Run run) {
    return run.memory().parts().isEmpty() ? Recall.NOTHING : entry -> holds(run, entry);
  }

  private boolean holds(Run run, String entry) {
    for (int shard = 0; shard < run.memory().parts().size(); shard++) {
      if (read(run, shard).contains(entry)) {
        return true;
      }
    }
    return false;
  }

  private PackedDigests read(Run run, int shard) {
    Key key = new Key(run.name(), shard);
    int size = run.memory().parts().get(shard);
    PackedDigests before = known(key);
    if (before != null && before.size() >= size) {
      return before;
    }
    PackedDigests read =
        parts
            .find(run.name(), OutsideMemory.PURPOSE, shard)
            .map(part -> new PackedDigests(part.data()))
            .orElse(PackedDigests.NONE);
    if (read.size() < size) {
      throw new Refused(
          "part %d of what the run knows of events from outside is gone".formatted(shard));
    }
    keep(key, read);
    return read;
  }

  /** The run with room in its object; the part is written before anybody writes the run so. */
  Run withRoom(Run stored, Collection<Instance> instances) {
    Spill spill = Spill.of(stored, instances);
    if (spill.entries().isEmpty()) {
      return spill.rest();
    }
    int shard = stored.memory().filling();
    int size = add(stored.name(), shard, spill.entries());
    return spill.rest().withMemory(stored.memory().withPart(shard, size));
  }

  private int add(String run, int shard, SortedSet<String> entries) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Part part =
          parts
              .find(run, OutsideMemory.PURPOSE, shard)
              .orElseGet(() -> Part.create(run, OutsideMemory.PURPOSE, shard));
      PackedDigests more = new PackedDigests(part.data()).plus(entries);
      Optional<Part> written = parts.write(part.withData(more.text()));
      if (written.isPresent()) {
        keep(new Key(run, shard), more);
        return more.size();
      }
    }
    throw new Unavailable("a part of run " + run + " is written by too many at once");
  }

  private @Nullable PackedDigests known(Key key) {
    synchronized (known) {
      return known.get(key);
    }
  }

  /** Unless more is known already. */
  private void keep(Key key, PackedDigests digests) {
    synchronized (known) {
      known.merge(key, digests, (before, now) -> now.size() >= before.size() ? now : before);
    }
  }
}
