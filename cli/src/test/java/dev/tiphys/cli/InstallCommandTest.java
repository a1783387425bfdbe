package dev.tiphys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InstallCommandTest {
  private static final Path FILE = Path.of("..", "install", "tiphys.yaml");

  /** {@code mvn test -Dgolden.update=true} writes it anew. */
  @Test
  void printsTheFileThatPeopleWithoutTheCommandApply() throws IOException {
    // When
    Call call = Call.tiphys("install");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, call.out());
    }
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.err()).isEmpty();
    assertThat(call.out()).isEqualTo(Files.readString(FILE));
  }

  @Test
  void printsThePartsOfClusterAndNamespaceApart() {
    // When
    Call cluster = Call.tiphys("install", "--crd-only");
    Call namespace = Call.tiphys("install", "--no-crd");
    // Then
    assertThat(cluster.out())
        .contains("kind: CustomResourceDefinition")
        .doesNotContain("kind: Role\n");
    assertThat(namespace.out())
        .doesNotContain("kind: CustomResourceDefinition", "kind: ClusterRole");
    assertThat(cluster.out() + namespace.out()).isEqualTo(Call.tiphys("install").out());
  }

  @Test
  void refusesToLeaveOutBothParts() {
    // When
    Call call = Call.tiphys("install", "--crd-only", "--no-crd");
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("--crd-only", "--no-crd");
  }

  @Test
  void bringsAnAccountForSidecarsOnlyWhereTheyReadTheApi() {
    assertThat(Call.tiphys("install").out()).doesNotContain("tiphys-sidecar");
    assertThat(Call.tiphys("install", "--logs=api").out()).contains("name: tiphys-sidecar");
  }

  @Test
  void givesEachFunctionItsOwnServiceWhenSplit() {
    // When
    Call call = Call.tiphys("install", "--split", "-n", "games");
    // Then
    assertThat(call.out())
        .contains("name: tiphys-begin", "name: tiphys-start", "name: tiphys-stop")
        .contains("name: tiphys-advance", "namespace: games")
        .doesNotContain("name: tiphys-functions");
  }
}
