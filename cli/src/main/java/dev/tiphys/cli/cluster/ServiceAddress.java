package dev.tiphys.cli.cluster;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of a Service inside a cluster.
 *
 * @param path with its leading slash
 */
record ServiceAddress(String scheme, String service, String namespace, int port, String path) {
  private static final Pattern HOST =
      Pattern.compile("(?<service>[a-z0-9-]+)\\.(?<namespace>[a-z0-9-]+)\\.svc(\\..*)?");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Empty for an address that is outside of clusters. */
  static Optional<ServiceAddress> of(URI address) {
    Matcher host = HOST.matcher(address.getHost() == null ? "" : address.getHost());
    if (!host.matches()) {
      return Optional.empty();
    }
    String scheme = address.getScheme();
    int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? HTTPS : HTTP;
    return Optional.of(
        new ServiceAddress(
            scheme, host.group("service"), host.group("namespace"), port, address.getRawPath()));
  }

  /** The path at which the API server passes requests on to it. */
  String proxyPath() {
    return "/api/v1/namespaces/%s/services/%s:%s:%d/proxy%s"
        .formatted(namespace, scheme, service, port, path);
  }
}
