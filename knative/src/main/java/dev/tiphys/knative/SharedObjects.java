package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.ArrayList;
import java.util.List;

/** What all workflows of a namespace share. */
final class SharedObjects {
  /** The account under which sidecars read output by the API. */
  static final String SIDECAR = "tiphys-sidecar";

  /** The account under which people publish where a Broker asks who they are; it has no rights. */
  static final String PUBLISHER = Marks.PUBLISHER;

  private SharedObjects() {}

  /** In the order in which they need one another. */
  static List<HasMetadata> of(Options options) {
    List<HasMetadata> objects = new ArrayList<>();
    switch (options.logs()) {
      case FILES -> {}
      case API -> objects.addAll(sidecarAccount(options).objects());
    }
    objects.add(rootKey(options));
    if (options.authorize()) {
      objects.add(publisherAccount(options));
      objects.addAll(NetworkRules.of(options));
    }
    objects.addAll(new WatcherObjects(options).all());
    objects.addAll(new FunctionsObjects(options).all());
    return List.copyOf(objects);
  }

  /** Without data: who applies it again must not wipe what the functions have put in. */
  private static Secret rootKey(Options options) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(Marks.ROOT_KEY)
        .withNamespace(options.namespace())
        .withLabels(Labels.shared("key"))
        .endMetadata()
        .withType("Opaque")
        .build();
  }

  private static ServiceAccount publisherAccount(Options options) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withName(PUBLISHER)
        .withNamespace(options.namespace())
        .withLabels(Labels.shared("publisher"))
        .endMetadata()
        .withAutomountServiceAccountToken(false)
        .build();
  }

  private static Account sidecarAccount(Options options) {
    return new Account(
        new ObjectMetaBuilder()
            .withName(SIDECAR)
            .withNamespace(options.namespace())
            .withLabels(Labels.shared("sidecar"))
            .build(),
        Permissions.ofSidecars());
  }
}
