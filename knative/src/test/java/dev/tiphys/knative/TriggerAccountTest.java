package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what Knative Eventing 1.22 makes of these names. */
class TriggerAccountTest {
  @ParameterizedTest
  @CsvSource({
    "coinflip-start, coinflip-start-oidc-eventing.knative.dev-trigger",
    // 29 characters are the longest that fit
    "abcdefghijabcdefghijabcdefghi,"
        + " abcdefghijabcdefghijabcdefghi-oidc-eventing.knative.dev-trigger",
    "abcdefghijabcdefghijabcdefghij,"
        + " abcdefghijabcdefghijabcdefghij6417b16e8451d692afbd14c6f0908194",
    "abcdefghijabcdefghijabcdefghija,"
        + " abcdefghijabcdefghijabcdefghija59b09931f1ac3db6a3d006812fbf7f79",
    "abcdefghijabcdefghijabcdefghijabcdefghij,"
        + " abcdefghijabcdefghijabcdefghija5222c078e24cd72613c8a6fc1ce2613f"
  })
  void anAccountIsNamedAsKnativeNamesIt(String trigger, String account) {
    assertThat(TriggerAccount.of(trigger)).isEqualTo(account);
  }
}
