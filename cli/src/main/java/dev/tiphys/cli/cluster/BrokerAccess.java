package dev.tiphys.cli.cluster;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.http.HttpSubscriber;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to reach a broker from outside of its cluster; mixed into commands that publish. */
final class BrokerAccess {
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Duration CONNECT = Duration.ofSeconds(5);

  @Option(
      names = "--broker-url",
      paramLabel = "URL",
      description =
          "Post events there. Default: to the Broker's own address, through the API server, which"
              + " takes the right to `create services/proxy` in the Broker's namespace.")
  private @Nullable URI url;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--service-account",
      paramLabel = "NAME",
      description =
          "Publish as this account where the Broker asks who posts (--authorize). It takes the"
              + " right to `create serviceaccounts/token` for it, and to `create pods/portforward`"
              + " in the Broker's namespace. Default: ${DEFAULT-VALUE}.")
  private String account = Marks.PUBLISHER;

  /**
   * To the broker that the cluster knows by that address.
   *
   * @param audience whom a token has to be for that it asks for; null: it asks for none
   */
  Publication to(URI address, @Nullable String audience, Cluster cluster) {
    return audience == null
        ? to(address, cluster)
        : new Publication(
            shown(cluster.token(account, audience), address, cluster),
            Objects.requireNonNullElse(url, address));
  }

  private Subscriber shown(String token, URI address, Cluster cluster) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    return url != null
        ? new HttpSubscriber(client, url, ANSWER).withToken(token)
        : ServiceAddress.of(address)
            .<Subscriber>map(
                service -> new ForwardedSubscriber(cluster.client(), client, service, token))
            .orElseGet(() -> new HttpSubscriber(client, address, ANSWER).withToken(token));
  }

  /** To the broker that the cluster knows by that address, and that asks for no token. */
  Publication to(URI address, Cluster cluster) {
    return direct()
        .orElseGet(
            () ->
                ServiceAddress.of(address)
                    .map(
                        it ->
                            Publication.proxied(
                                new ProxiedSubscriber(cluster.client(), it), address))
                    .orElseGet(() -> to(address)));
  }

  /**
   * To the address that the call names, which takes no cluster; empty if it names none.
   *
   * @throws ParameterException if nothing can be posted to such an address
   */
  Optional<Publication> direct() {
    return Optional.ofNullable(url).map(it -> to(checked(it)));
  }

  private URI checked(URI address) {
    String scheme = Objects.requireNonNullElse(address.getScheme(), "");
    if (address.getHost() == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw new ParameterException(
          command.commandLine(),
          "--broker-url %s: no address like http://HOST:PORT/".formatted(address));
    }
    return address;
  }

  private static Publication to(URI address) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    return new Publication(new HttpSubscriber(client, address, ANSWER), address);
  }
}
