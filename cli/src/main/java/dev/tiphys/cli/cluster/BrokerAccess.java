package dev.tiphys.cli.cluster;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.http.HttpSubscriber;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach a broker from outside of its cluster; mixed into commands that publish. */
final class BrokerAccess {
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  @Option(
      names = "--broker-url",
      paramLabel = "URL",
      description =
          "Post events there. Default: to the Broker's own address, through the API server, which"
              + " takes the right to `create services/proxy` in the Broker's namespace.")
  private @Nullable URI url;

  /** To the broker that the cluster knows by that address. */
  Publication to(URI address, Cluster cluster) {
    URI chosen = url == null ? address : url;
    return new Publication(
        url != null
            ? direct(url)
            : ServiceAddress.of(chosen)
                .<Subscriber>map(service -> new ProxiedSubscriber(cluster.client(), service))
                .orElseGet(() -> direct(chosen)));
  }

  private static Subscriber direct(URI address) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    return new HttpSubscriber(client, address, ANSWER);
  }
}
