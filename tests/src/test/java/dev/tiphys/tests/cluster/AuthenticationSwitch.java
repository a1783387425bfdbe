package dev.tiphys.tests.cluster;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has Knative Eventing ask who posts, for as long as a test class runs. It is one switch for the
 * whole cluster, so it goes back whatever happens, also when this JVM is told to end.
 */
final class AuthenticationSwitch implements BeforeAllCallback, AfterAllCallback {
  private static final String NAMESPACE = "knative-eventing";
  private static final String FEATURES = "config-features";
  private static final String SWITCH = "authentication-oidc";

  private final Thread whenKilled = new Thread(this::restore, "switch-back");
  private @Nullable String before;

  @Override
  public void beforeAll(ExtensionContext context) {
    before = set("enabled");
    Runtime.getRuntime().addShutdownHook(whenKilled);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Runtime.getRuntime().removeShutdownHook(whenKilled);
    restore();
  }

  private void restore() {
    set(before);
  }

  /**
   * @param value null: as if it had never been set
   * @return what it was; null: nothing
   */
  private static @Nullable String set(@Nullable String value) {
    String[] old = new String[1];
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      client
          .configMaps()
          .inNamespace(NAMESPACE)
          .withName(FEATURES)
          .edit(
              map -> {
                Map<String, String> data =
                    new TreeMap<>(Objects.requireNonNullElse(map.getData(), Map.of()));
                old[0] = value == null ? data.remove(SWITCH) : data.put(SWITCH, value);
                return new ConfigMapBuilder(map).withData(data).build();
              });
    }
    return old[0];
  }
}
