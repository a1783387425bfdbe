package dev.tiphys.triggers.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarriersTest {
  private static final Path DOCUMENT = Path.of("../docs/carriers.md");
  private static final String HEAD =
      "| carrier | order per key | survives a restart | duplicates | slows publishers | ends loops"
          + " |";

  @Test
  void theDocumentSaysWhatTheContractHoldsEachCarrierTo() throws IOException {
    // Given
    List<String> lines = Files.readAllLines(DOCUMENT);

    // When
    List<String> rows =
        lines.stream()
            .skip(lines.indexOf(HEAD) + 2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    // Then
    assertThat(lines).contains(HEAD);
    assertThat(rows).isEqualTo(Guarantees.ALL.stream().map(Guarantees::row).toList());
  }
}
