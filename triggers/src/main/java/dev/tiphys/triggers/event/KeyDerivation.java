package dev.tiphys.triggers.event;

import java.util.Base64;
import javax.crypto.Mac;

/** One key for each purpose, out of another: HMAC-SHA-256 over the purpose's parts. */
final class KeyDerivation {
  private KeyDerivation() {}

  /**
   * The secret is 32 bytes in base64url, without padding.
   *
   * @param mac under the other key, not yet fed
   */
  static SigningKey derive(int version, Mac mac, String... purpose) {
    for (String part : purpose) {
      Signature.feed(part, mac::update);
    }
    return new SigningKey(
        version, Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal()));
  }
}
