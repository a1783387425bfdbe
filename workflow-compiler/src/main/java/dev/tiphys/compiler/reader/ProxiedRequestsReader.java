package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.model.Located;
import dev.tiphys.triggers.plan.Proxied.Body;
import dev.tiphys.triggers.plan.Proxied.Match;
import dev.tiphys.triggers.plan.Proxied.Requests;
import dev.tiphys.triggers.plan.Proxied.Sample;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads which HTTP exchanges become events, and what these tell. */
final class ProxiedRequestsReader {
  private static final int BODY_LIMIT = 16 << 10;

  /** Two bodies in JSON then still fit into an event of a megabyte. */
  private static final int MAX_BODY_LIMIT = 128 << 10;

  private static final Map<String, Body> BODIES =
      Map.of(
          "none", Body.NONE, "request", Body.REQUEST, "response", Body.RESPONSE, "both", Body.BOTH);
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
  private static final Pattern DECIMAL = Pattern.compile("0?\\.\\d{1,6}|1(\\.0{1,6})?");
  private static final Pattern RATIO = Pattern.compile("([1-9]\\d{0,5})/([1-9]\\d{0,5})");

  private final Reading reading;

  ProxiedRequestsReader(Reading reading) {
    this.reading = reading;
  }

  Optional<Requests> read(Fields parameters, Optional<Located<String>> upstream) {
    Optional<URI> server = upstream.flatMap(this::server);
    Match match = new MatchReader(reading).read(parameters);
    Sample sample =
        parameters
            .get("sample")
            .flatMap(node -> reading.values().plainValue(node, "`sample`"))
            .flatMap(scalar -> sample(new Located<>(scalar.text(), scalar.at())))
            .orElse(Sample.ALL);
    Body body =
        parameters
            .text("body")
            .flatMap(word -> reading.values().choice(word, "body", BODIES, Set.of()))
            .orElse(Body.NONE);
    int limit = parameters.count("bodyLimit").map(this::limit).orElse(BODY_LIMIT);
    Set<String> headers =
        parameters.get("headers").stream()
            .flatMap(node -> ProxyReader.words(reading, node, "a header's name"))
            .flatMap(name -> header(name).stream())
            .collect(Collectors.toSet());
    return upstream.isPresent() && server.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Requests(server.orElse(null), match, sample, body, limit, new TreeSet<>(headers)));
  }

  private Optional<URI> server(Located<String> address) {
    try {
      URI uri = new URI(address.value());
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare =
          uri.getUserInfo() == null
              && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (uri.getHost() != null && http && bare) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // reported below
    }
    ProxyReader.invalid(
        reading,
        address.at(),
        "`" + address + "` is no server to pass requests on to",
        "write http://HOST:PORT or https://HOST:PORT, or `broker`; without `upstream` each request"
            + " names its server");
    return Optional.empty();
  }

  private Optional<Sample> sample(Located<String> text) {
    Matcher ratio = RATIO.matcher(text.value());
    if (ratio.matches()) {
      Sample sample =
          new Sample(Integer.parseInt(ratio.group(1)), Integer.parseInt(ratio.group(2)));
      if (sample.of() <= sample.every()) {
        return Optional.of(sample);
      }
    } else if (DECIMAL.matcher(text.value()).matches()) {
      BigDecimal part = new BigDecimal(text.value());
      if (part.signum() > 0) {
        return Optional.of(
            new Sample(
                part.unscaledValue().intValue(), BigDecimal.TEN.pow(part.scale()).intValue()));
      }
    }
    ProxyReader.invalid(
        reading,
        text.at(),
        "`" + text + "` is no part of all exchanges",
        "write 0.25, or 1/4, or leave it out for all of them");
    return Optional.empty();
  }

  private int limit(Located<Integer> bytes) {
    if (bytes.value() > MAX_BODY_LIMIT) {
      ProxyReader.invalid(
          reading,
          bytes.at(),
          "an event does not hold " + bytes.value() + " bytes of each body",
          "write " + MAX_BODY_LIMIT + " at most");
    }
    return bytes.value();
  }

  private Optional<String> header(Located<String> given) {
    String name = given.value().toLowerCase(Locale.ROOT);
    if (SECRET.contains(name)) {
      ProxyReader.invalid(
          reading,
          given.at(),
          "the header `" + given + "` holds secrets, and events are no place for them",
          "remove it");
      return Optional.empty();
    }
    if (!HEADER.matcher(name).matches()) {
      ProxyReader.invalid(
          reading,
          given.at(),
          "`" + given + "` is no name of a header",
          "write names such as content-type");
      return Optional.empty();
    }
    return Optional.of(name);
  }
}
