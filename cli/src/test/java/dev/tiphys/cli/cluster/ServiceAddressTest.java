package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://broker-ingress.knative-eventing.svc.cluster.local/games/coinflip,"
        + " /api/v1/namespaces/knative-eventing/services/http:broker-ingress:80/proxy/games/coinflip",
    "http://ingress.kafka.svc/a/b,/api/v1/namespaces/kafka/services/http:ingress:80/proxy/a/b",
    "http://ingress.kafka.svc:8080/a,/api/v1/namespaces/kafka/services/http:ingress:8080/proxy/a",
    "https://ingress.kafka.svc/a,/api/v1/namespaces/kafka/services/https:ingress:443/proxy/a"
  })
  void aServiceIsReachedThroughTheApiServer(String address, String path) {
    assertThat(ServiceAddress.of(URI.create(address)).map(ServiceAddress::proxyPath))
        .contains(path);
  }

  @Test
  void anAddressOutsideOfTheClusterIsNone() {
    assertThat(ServiceAddress.of(URI.create("https://broker.example.org/games"))).isEmpty();
  }
}
