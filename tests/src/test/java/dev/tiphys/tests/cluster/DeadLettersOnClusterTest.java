package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.tests.Workflows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An event that a workflow could not use, and can when the workflow has been put right. */
@ClusterTest
class DeadLettersOnClusterTest {
  @RegisterExtension
  static final Deployed TIPHYS = Deployed.in(TestNamespace.create("dead-letters"));

  @TempDir Path folder;

  @Test
  @DisplayName(
      "B6: an unusable event is kept with its data, and starts its task when published again")
  void b6AnUnusableEventStartsItsTaskWhenPublishedAgain() throws Exception {
    // Given: an order that the run could not use, and a run of the workflow that can
    String first = submit("amount");
    tiphys("publish", "order", "{\"goods\": \"bread\"}", "--id", "17", "--workflow", "shop");
    Wait.until("it is a dead letter", () -> list().contains("17"));
    tiphys("stop", first);
    TIPHYS.end(first);
    String second = submit("goods");

    // When
    String shown = tiphys("dead-letters", "show", "17");
    String published = tiphys("dead-letters", "publish", "17");

    // Then
    assertThat(shown).contains("422", "`amount`", "{\"goods\": \"bread\"}", "workflow: shop");
    assertThat(published).contains("event 17 published");
    Wait.until(
        "its task is started",
        Wait.LONG,
        () -> TIPHYS.namespace().tasks(second, "handle").size() == 1,
        () -> TIPHYS.namespace().phase(second));
    assertThat(list()).doesNotContain("17");
  }

  @Test
  @DisplayName("B6: dead letters of the namespace go with the plan that they were sent to")
  void b6DeadLettersGoWithThePlan() throws Exception {
    // Given: no run that could take it
    Path file = Files.writeString(folder.resolve("other.yaml"), yaml("other", "goods"));
    String over = TIPHYS.submit(file);
    tiphys("stop", over);
    TIPHYS.end(over);
    tiphys("delete", over);
    tiphys("publish", "order", "{}", "--id", "1", "--workflow", "other");
    Wait.until(
        "it is a dead letter", () -> tiphys("dead-letters", "list", "other").contains("422"));

    // When
    tiphys("uninstall", "other");

    // Then
    Wait.until("they are gone", () -> parts("other").isEmpty());
  }

  private static List<RunPart> parts(String workflow) {
    return TIPHYS
        .namespace()
        .client()
        .resources(RunPart.class)
        .inNamespace(TIPHYS.namespace().name())
        .withLabel("tiphys.dev/workflow", workflow)
        .list()
        .getItems();
  }

  private static String yaml(String name, String field) {
    return Workflows.SHOP
        .replace("name: shop}\nspec", "name: " + name + "}\nspec")
        .replace("FIELD", field);
  }

  /** A run whose shop is open. */
  private String submit(String field) throws Exception {
    Path file = Files.writeString(folder.resolve(field + ".yaml"), yaml("shop", field));
    String run = TIPHYS.submit(file);
    Wait.until("the shop is open", () -> TIPHYS.running(run, "shop"));
    return run;
  }

  private static String list() throws Exception {
    return tiphys("dead-letters", "list", "shop");
  }

  private static String tiphys(String... words) throws Exception {
    Command.Outcome outcome = Cli.run(in(words));
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome.output();
  }

  private static String[] in(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--namespace";
    all[words.length + 1] = TIPHYS.namespace().name();
    return all;
  }
}
