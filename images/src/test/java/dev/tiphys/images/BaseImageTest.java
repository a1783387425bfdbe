package dev.tiphys.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseImageTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "debian",
        "gcr.io/distroless/base-nossl-debian12:nonroot",
        "docker://debian:12",
        "registry://debian:12",
        "debian@sha256:0123",
        ""
      })
  void refusesABaseThatMayBeAnotherTomorrow(String name) {
    // Given // When // Then
    assertThatThrownBy(() -> BaseImage.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-Dimages.base=NAME@sha256:DIGEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"debian@", "debian:12@", "gcr.io/distroless/base-nossl-debian12:nonroot@"})
  void takesABaseByItsDigest(String name) {
    // Given // When // Then
    assertThat(BaseImage.of(name + DIGEST).name()).isEqualTo(name + DIGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar:///images/base.tar", "tar://base.tar"})
  void takesABaseInATar(String name) {
    // Given // When // Then
    assertThat(BaseImage.of(name).name()).isEqualTo(name);
  }
}
