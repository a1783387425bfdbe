package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.authorize.KnownSenders;
import dev.tiphys.functions.authorize.PublishedKeys;
import dev.tiphys.functions.authorize.TokenCheck;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;

/** Checks tokens by what the API server tells of its issuer and of the namespace's Triggers. */
public final class TokenChecks {
  private static final String CONFIGURATION = "/.well-known/openid-configuration";

  /** Of the API server itself, whatever address the configuration names. */
  private static final String KEYS = "/openid/v1/jwks";

  private TokenChecks() {}

  /**
   * Of requests to one Knative Service.
   *
   * @param service its name
   * @param audience whom tokens have to be meant for
   */
  public static TokenCheck of(
      KubernetesClient client,
      String namespace,
      String service,
      String audience,
      InstantSource clock) {
    return new TokenCheck(
        audience,
        new PublishedKeys(
            () -> document(client, CONFIGURATION), () -> document(client, KEYS), clock),
        new KnownSenders(namespace, () -> TriggerAccounts.of(client, namespace, service)),
        clock);
  }

  private static String document(KubernetesClient client, String path) {
    if (ApiCall.of(path, () -> client.raw(path)) instanceof Answer.Done<String>(String text)) {
      return text;
    }
    throw new Unavailable("the API server does not tell " + path);
  }
}
