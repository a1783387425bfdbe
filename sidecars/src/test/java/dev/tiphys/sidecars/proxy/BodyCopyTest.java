package dev.tiphys.sidecars.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.proxy.ExchangeData.Message;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BodyCopyTest {
  @Test
  void textIsTextAndPassesUntouched() {
    // Given
    BodyCopy copy = new BodyCopy(true, 100);
    ByteBuffer first = ByteBuffer.wrap("größer\n".getBytes(UTF_8));
    // When
    copy.add(first);
    copy.add(ByteBuffer.wrap("2".getBytes(UTF_8)));
    // Then
    assertThat(first.remaining()).isEqualTo(9);
    assertThat(message(copy))
        .isEqualTo(new Message(10, new TreeMap<>(), "größer\n2", false, false));
  }

  @Test
  void aCutLeavesNoHalfCharacter() {
    // Given
    BodyCopy copy = new BodyCopy(true, 3);
    // When
    copy.add(ByteBuffer.wrap("grö".getBytes(UTF_8)));
    // Then
    assertThat(message(copy)).isEqualTo(new Message(4, new TreeMap<>(), "gr", false, true));
  }

  @Test
  void whatIsNoTextIsInBase64() {
    // Given
    BodyCopy copy = new BodyCopy(true, 100);
    // When
    copy.add(ByteBuffer.wrap(new byte[] {0, (byte) 0xFF}));
    // Then
    assertThat(message(copy)).isEqualTo(new Message(2, new TreeMap<>(), "AP8=", true, false));
  }

  @Test
  void whatIsNotWantedIsOnlyCounted() {
    // Given
    BodyCopy copy = new BodyCopy(false, 100);
    // When
    copy.add(ByteBuffer.wrap("secret".getBytes(UTF_8)));
    // Then
    assertThat(message(copy)).isEqualTo(new Message(6, new TreeMap<>(), null, false, false));
  }

  private static Message message(BodyCopy copy) {
    return copy.message(new TreeMap<>());
  }
}
