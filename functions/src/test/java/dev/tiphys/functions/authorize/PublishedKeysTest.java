package dev.tiphys.functions.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private static final RsaJsonWebKey OLD = FakeIssuer.newKey("old");
  private static final RsaJsonWebKey NEW = FakeIssuer.newKey("new");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
  private final AtomicReference<JsonWebKeySet> published =
      new AtomicReference<>(new JsonWebKeySet(OLD));
  private final AtomicInteger readings = new AtomicInteger();
  private final PublishedKeys keys =
      new PublishedKeys(
          () -> "{\"issuer\": \"https://issuer.example\", \"jwks_uri\": \"https://other.example\"}",
          () -> {
            readings.incrementAndGet();
            return published.get().toJson();
          },
          now::get);

  @Test
  void takesTheIssuersNameFromItsConfiguration() {
    assertThat(keys.name()).isEqualTo("https://issuer.example");
  }

  @Test
  void readsAKeyOnce() {
    // When
    keys.key("old");
    keys.key("old");
    // Then
    assertThat(keys.key("old")).contains(OLD.getPublicKey());
    assertThat(readings).hasValue(1);
  }

  @Test
  void findsAKeyThatIsPublishedLater() {
    // Given
    keys.key("old");
    published.set(new JsonWebKeySet(OLD, NEW));
    now.updateAndGet(it -> it.plus(Duration.ofSeconds(10)));
    // When
    var found = keys.key("new");
    // Then
    assertThat(found).contains(NEW.getPublicKey());
  }

  @Test
  void forgetsAKeyThatIsNotPublishedAnyMore() {
    // Given
    keys.key("old");
    published.set(new JsonWebKeySet(NEW));
    now.updateAndGet(it -> it.plus(Duration.ofSeconds(10)));
    // When
    keys.key("new");
    // Then
    assertThat(keys.key("old")).isEmpty();
  }

  @Test
  void whoeverNamesKeysThatDoNotExistHasTheServerAskedOnceInAWhile() {
    // When
    for (int n = 0; n < 100; n++) {
      keys.key("made-up-" + n);
    }
    // Then
    assertThat(readings).hasValue(1);
  }

  @Test
  void cannotTellWhatItCannotRead() {
    // Given
    PublishedKeys broken = new PublishedKeys(() -> "{}", () -> "<html>", now::get);
    // Then
    assertThatThrownBy(broken::name).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> broken.key("old")).isInstanceOf(Unavailable.class);
  }
}
