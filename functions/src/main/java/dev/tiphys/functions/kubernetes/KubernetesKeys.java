package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.pod.RunRef;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Signing keys as Secrets, each owned by its run. */
public final class KubernetesKeys implements Keys {
  /** What the name of a run's Secret adds to the run's. */
  public static final String SUFFIX = "-key";

  /** The key of the Secret's data. */
  public static final String ENTRY = "key";

  /** As long as the digest that it is used with: 256 bits. */
  private static final int KEY_BYTES = 32;

  private final NonNamespaceOperation<Secret, ?, Resource<Secret>> secrets;
  private final KnownRuns runs;
  private final RandomGenerator random;
  private final RecentlyUsed<String, byte[]> known = new RecentlyUsed<>(RecentlyUsed.CAPACITY);

  /** The generator has to be a secure one. */
  KubernetesKeys(
      NonNamespaceOperation<Secret, ?, Resource<Secret>> secrets,
      KnownRuns runs,
      RandomGenerator random) {
    this.secrets = secrets;
    this.runs = runs;
    this.random = random;
  }

  @Override
  public void create(String run) {
    RunRef owner = runs.of(run).ref();
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    switch (ApiCall.of("key of run " + run, () -> secrets.resource(secret(owner, key)).create())) {
      case Answer.Done<Secret>(Secret created) -> known.put(run, key);
      case Answer.Exists<Secret> exists -> requireOwned(owner);
      case Answer.Absent<Secret> absent -> throw new Unavailable("the namespace is gone");
      case Answer.Stale<Secret> stale -> throw new Unavailable("conflict at a new Secret");
    }
  }

  /** A key that an earlier run of the same name has left goes with it, and must not be used. */
  private void requireOwned(RunRef owner) {
    boolean owned =
        read(owner.name())
            .filter(
                secret ->
                    secret.getMetadata().getOwnerReferences().stream()
                        .anyMatch(reference -> reference.getUid().equals(owner.uid())))
            .isPresent();
    if (!owned) {
      throw new Unavailable("the key of an earlier run " + owner.name() + " is still there");
    }
  }

  @Override
  public Optional<byte[]> of(String run) {
    Optional<byte[]> remembered = known.find(run);
    return remembered.isPresent() ? remembered : afresh(run);
  }

  @Override
  public Optional<byte[]> afresh(String run) {
    // the name is what an event claims
    Optional<byte[]> key =
        DnsLabel.matches(run) ? read(run).map(KubernetesKeys::key) : Optional.empty();
    key.ifPresent(it -> known.put(run, it));
    return key;
  }

  private Optional<Secret> read(String run) {
    return ApiCall.of("key of run " + run, () -> secrets.withName(run + SUFFIX).get())
                instanceof Answer.Done<Secret>(Secret secret)
            && secret.getData() != null
            && secret.getData().containsKey(ENTRY)
        ? Optional.of(secret)
        : Optional.empty();
  }

  private static byte[] key(Secret secret) {
    return Base64.getDecoder().decode(secret.getData().get(ENTRY));
  }

  private static Secret secret(RunRef owner, byte[] key) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(owner.name() + SUFFIX)
        .addToLabels(Marks.RUN, owner.name())
        .addNewOwnerReference()
        .withApiVersion(HasMetadata.getApiVersion(WorkflowRun.class))
        .withKind(HasMetadata.getKind(WorkflowRun.class))
        .withName(owner.name())
        .withUid(owner.uid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .endOwnerReference()
        .endMetadata()
        .withImmutable(true)
        .addToData(ENTRY, Base64.getEncoder().encodeToString(key))
        .build();
  }
}
