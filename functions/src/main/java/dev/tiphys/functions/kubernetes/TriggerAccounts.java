package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The accounts that Knative has made for the Triggers that send to a Knative Service. */
final class TriggerAccounts {
  /** Where a Trigger names whom it sends to, and whom what it could not send. */
  private static final List<Object[]> DESTINATIONS =
      List.of(
          new Object[] {"spec", "subscriber", "ref", "name"},
          new Object[] {"spec", "delivery", "deadLetterSink", "ref", "name"});

  private TriggerAccounts() {}

  /**
   * Their names.
   *
   * @param service name of the Knative Service
   * @throws Unavailable if the API server cannot tell
   */
  static Set<String> of(KubernetesClient client, String namespace, String service) {
    return Triggers.with(client, namespace, Map.of()).stream()
        .filter(trigger -> sendsTo(trigger, service))
        .flatMap(TriggerAccounts::account)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean sendsTo(GenericKubernetesResource trigger, String service) {
    return DESTINATIONS.stream().anyMatch(path -> service.equals(trigger.get(path)));
  }

  private static Stream<String> account(GenericKubernetesResource trigger) {
    return trigger.get("status", "auth", "serviceAccountName") instanceof String name
        ? Stream.of(name)
        : Stream.empty();
  }
}
