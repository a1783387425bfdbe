package dev.tiphys.cli.cluster;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.http.HttpSubscriber;
import io.cloudevents.CloudEvent;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/**
 * Delivers to a Service inside the cluster as {@code kubectl port-forward} does. The API server's
 * service proxy would be simpler, but keeps every {@code Authorization} header for itself.
 *
 * @param token what the Service is shown
 */
record ForwardedSubscriber(
    KubernetesClient client, HttpClient http, ServiceAddress address, String token)
    implements Subscriber {
  /** The channel-based broker answers when every Trigger's delivery has ended. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  @Override
  public Response deliver(CloudEvent event) throws IOException {
    Pod pod = pod();
    try (LocalPortForward forward =
        client
            .pods()
            .inNamespace(address.namespace())
            .withName(pod.getMetadata().getName())
            .portForward(port(pod))) {
      URI local = URI.create("http://127.0.0.1:" + forward.getLocalPort() + address.path());
      return new HttpSubscriber(http, local, ANSWER).withToken(token).deliver(event);
    }
  }

  private Pod pod() throws IOException {
    List<Pod> pods =
        client
            .pods()
            .inNamespace(address.namespace())
            .withLabels(service().getSpec().getSelector())
            .list()
            .getItems();
    return pods.stream()
        .filter(Readiness.getInstance()::isReady)
        .findFirst()
        .orElseThrow(() -> new IOException("no pod of " + address.service() + " is ready"));
  }

  private Service service() throws IOException {
    Service service =
        client.services().inNamespace(address.namespace()).withName(address.service()).get();
    if (service == null) {
      throw new IOException("there is no Service " + address.service());
    }
    return service;
  }

  private int port(Pod pod) throws IOException {
    IntOrString target =
        service().getSpec().getPorts().stream()
            .filter(it -> it.getPort() == address.port())
            .map(ServicePort::getTargetPort)
            .findFirst()
            .orElseThrow(() -> new IOException("it has no port " + address.port()));
    return target.getIntVal() != null
        ? target.getIntVal()
        : pod.getSpec().getContainers().stream()
            .flatMap(container -> container.getPorts().stream())
            .filter(port -> target.getStrVal().equals(port.getName()))
            .findFirst()
            .orElseThrow(() -> new IOException("no container has a port " + target.getStrVal()))
            .getContainerPort();
  }
}
