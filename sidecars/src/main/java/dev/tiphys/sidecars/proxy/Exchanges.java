package dev.tiphys.sidecars.proxy;

import com.google.re2j.Pattern;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Proxied.Requests;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those exchanges become events that match and are sampled. It never holds one up: for an
 * event that there is no room for, the next one says how many it missed.
 */
final class Exchanges {
  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

  private final ProxyStream stream;
  private final Requests settings;
  private final @Nullable Pattern path;
  private long matched;
  private long missed;

  Exchanges(ProxyStream stream, Requests settings) {
    this.stream = stream;
    this.settings = settings;
    String regex = settings.match().path();
    this.path = regex == null ? null : Pattern.compile(regex);
  }

  Requests settings() {
    return settings;
  }

  /** An exchange has ended, in whatever way. */
  synchronized void ended(ExchangeData exchange) {
    if (!matches(exchange) || !settings.sample().takes(++matched)) {
      return;
    }
    try {
      missed = stream.offer(Json.write(exchange.withMissed(missed))) ? 0 : missed + 1;
    } catch (IOException e) {
      missed++;
      LOG.error("an exchange gets no event, as it cannot be kept", e);
    } catch (InterruptedException e) {
      missed++;
      Thread.currentThread().interrupt();
    }
  }

  private boolean matches(ExchangeData exchange) {
    var match = settings.match();
    Integer status = exchange.status();
    return (match.methods().isEmpty() || match.methods().contains(exchange.method()))
        && (path == null || path.matcher(exchange.path()).matches())
        && (match.statuses().isEmpty()
            || (status != null && match.statuses().stream().anyMatch(s -> s.contains(status))));
  }

  /** There will be no more: ends the stream, and says what the last event could not. */
  void end() throws IOException, InterruptedException {
    long untold = untold();
    if (untold > 0) {
      stream.enter(new Entry.Observed(Json.write(Map.of("missed", untold))));
    }
    stream.publisher().end();
  }

  private synchronized long untold() {
    long untold = missed;
    missed = 0;
    return untold;
  }
}
