package dev.tiphys.sidecars.logs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The log API of the cluster that this container runs in, under its own service account. The JDK's
 * client does for one GET, and spares each task's pod a client of the whole API.
 */
final class PodLog implements ApiLog.LogRequest {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final HttpClient client;
  private final URI address;
  private final Path token;

  private PodLog(HttpClient client, URI address, Path token) {
    this.client = client;
    this.address = address;
    this.token = token;
  }

  /**
   * The log of a container.
   *
   * @param account the folder with the service account's {@code token} and {@code ca.crt}
   * @throws IOException if that cannot be read
   */
  static PodLog of(URI server, Path account, String namespace, String pod, String container)
      throws IOException {
    URI address =
        server.resolve(
            "/api/v1/namespaces/%s/pods/%s/log?container=%s&follow=true"
                .formatted(encoded(namespace), encoded(pod), encoded(container)));
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    if (address.getScheme().equals("https")) {
      client.sslContext(trusting(account.resolve("ca.crt")));
    }
    return new PodLog(client.build(), address, account.resolve("token"));
  }

  @Override
  public Optional<InputStream> open() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            // it is renewed every hour or so
            .header("Authorization", "Bearer " + Files.readString(token).strip())
            .build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    int status = response.statusCode();
    if (status == OK) {
      return Optional.of(response.body());
    }
    response.body().close();
    // 400: the container has not started; 404: the pod is not known yet, or no longer
    if (status == BAD_REQUEST || status == NOT_FOUND) {
      return Optional.empty();
    }
    throw new IOException("the API server answered " + status + " to " + address);
  }

  private static SSLContext trusting(Path certificates) throws IOException {
    try (InputStream in = Files.newInputStream(certificates)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, ca);
      }
      if (number == 0) {
        throw new IOException("no certificate in " + certificates);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificates to trust in " + certificates, e);
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
