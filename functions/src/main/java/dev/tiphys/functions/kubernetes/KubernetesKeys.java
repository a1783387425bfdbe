package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing keys of runs, of the namespace's root key and each run's uid as it was last seen. */
public final class KubernetesKeys implements Keys {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesKeys.class);

  private final RootKeySecret root;
  private final KnownRuns runs;

  KubernetesKeys(RootKeySecret root, KnownRuns runs) {
    this.root = root;
    this.runs = runs;
  }

  /** Reads the root key in the background, so that the first event need not wait for it. */
  void prefetch() {
    Thread.ofVirtual()
        .name("root-key")
        .start(
            () -> {
              try {
                root.key();
              } catch (RuntimeException e) {
                LOG.debug("the root key cannot be read yet", e);
              }
            });
  }

  @Override
  public void create(String run) {
    root.key();
  }

  @Override
  public String digestKey(String run) {
    return root.key().digestKey(run);
  }

  @Override
  public Optional<RunKeys> of(String run) {
    return runs.remembered(run).map(known -> keys(root.key(), known));
  }

  @Override
  public Optional<RunKeys> asOf(String run, Instant since) {
    return runs.remembered(run).map(known -> keys(root.asOf(since), known));
  }

  /** Of a run that is known to be there. */
  RunKeys of(KnownRuns.Known run) {
    return keys(root.key(), run);
  }

  private static RunKeys keys(RootKey root, KnownRuns.Known run) {
    return new RunKeys(root, run.ref().uid());
  }
}
