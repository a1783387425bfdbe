package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.DiagnosticText;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CompilerPropertiesTest {
  private static final String HEAD =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: shuffled-}
      spec:
        entrypoint: main
        templates:
      """;

  private static final List<String> TEMPLATES =
      List.of(
          """
            - name: main
              steps:
                - - {name: speak, template: speak}
                  - {name: greet, template: greet}
                - - {name: log, template: log}
          """,
          """
            - name: speak
              inputs: [{name: enough, valueFrom: {event: {metadata: {name: greeted}, eventPolicy: delete}}}]
              container: {image: "alpine:3.6", command: [echo, hello]}
              sidecars: [{name: lines, image: tiphys/stdoutwatcher, parameters: {name: said}}]
          """,
          """
            - name: greet
              inputs: [{name: who, valueFrom: {event: {metadata: {name: said}, eventPolicy: create}}}]
              container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.who}}"]}
              sidecars: [{name: end, image: lifecyclewatcher, parameters: {on: success, name: greeted}}]
          """,
          """
            - name: log
              inputs: [{name: what, valueFrom: {event: {metadata: {name: said}, eventPolicy: create}}}]
              container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.what}}"]}
          """);

  private static final List<String> EXAMPLES = examples();

  @Property(tries = 24)
  void theOrderOfTheTemplatesDoesNotMatter(@ForAll("orders") List<String> templates) {
    // Given
    String shuffled = HEAD + String.join("", templates);
    // When
    Compiled<Plan> compiled = Compiler.compile("shuffled.yaml", shuffled);
    // Then
    assertThat(bytes(compiled))
        .isNotEmpty()
        .isEqualTo(bytes(Compiler.compile("given.yaml", HEAD + String.join("", TEMPLATES))));
  }

  @Provide
  Arbitrary<List<String>> orders() {
    return Arbitraries.shuffle(TEMPLATES);
  }

  @Property(tries = 50)
  void compilingTwiceGivesTheSameBytes(@ForAll("exampleFiles") String yaml) {
    assertThat(bytes(Compiler.compile("a.yaml", yaml)))
        .isEqualTo(bytes(Compiler.compile("a.yaml", yaml)));
  }

  @Property(tries = 300)
  void noCutOffFileThrows(
      @ForAll("exampleFiles") String yaml, @ForAll("fractions") double fraction) {
    compileAndRender(yaml.substring(0, (int) (yaml.length() * fraction)));
  }

  @Property(tries = 300)
  void noSplicedFileThrows(
      @ForAll("exampleFiles") String yaml,
      @ForAll("fractions") double from,
      @ForAll("fractions") double to,
      @ForAll("yamlish") String splice) {
    int cut = (int) (yaml.length() * Math.min(from, to));
    int resume = (int) (yaml.length() * Math.max(from, to));
    compileAndRender(yaml.substring(0, cut) + splice + yaml.substring(resume));
  }

  @Property(tries = 500)
  void noTextThrows(@ForAll("yamlish") String text) {
    compileAndRender(text);
  }

  @Property(tries = 300)
  void noConditionThrows(@ForAll("conditions") String condition) {
    compileAndRender(
        HEAD
            + "    - name: main\n      steps:\n        - - name: main\n            template: main\n"
            + "            when: |-\n              "
            + condition
            + "\n");
  }

  @Provide
  Arbitrary<String> exampleFiles() {
    return Arbitraries.of(EXAMPLES);
  }

  @Provide
  Arbitrary<Double> fractions() {
    return Arbitraries.doubles().between(0, 1);
  }

  @Provide
  Arbitrary<String> yamlish() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n",
            "metadata:",
            "spec:",
            "templates:",
            "steps:",
            "inputs:",
            "parameters:",
            "valueFrom:",
            "event:",
            "sidecars:",
            "name: ",
            "when: ",
            "image: stdoutwatcher",
            "container:",
            "script:",
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            "- - ",
            "\t",
            "{",
            "}",
            "[",
            "]",
            ",",
            ": ",
            "|\n",
            ">-\n",
            "'",
            "\"",
            "&a ",
            "*a",
            "<<: *a",
            "!!str ",
            "? ",
            "--- ",
            "%",
            "@",
            "#",
            "{{",
            "}}",
            "{{inputs.parameters.x}}",
            "{{=",
            "null",
            "~",
            "1",
            "\uD83D\uDE80",
            "\uFEFF",
            "\u0000",
            "\r\n",
            "\u2028",
            "é");
    Arbitrary<String> noise = Arbitraries.strings().ofMaxLength(8);
    return Arbitraries.oneOf(pieces, pieces, pieces, noise)
        .list()
        .ofMaxSize(40)
        .map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> conditions() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "(",
            ")",
            "!",
            "==",
            "!=",
            "<",
            "<=",
            "&&",
            "||",
            "=",
            "=~",
            " ",
            "a",
            "'",
            "\"",
            "{{",
            "}}",
            "{{workflow.name}}",
            "-",
            "in",
            "+",
            "&",
            "1.5",
            "a-{{workflow.name}}",
            "\uD83D\uDE80");
    return Combinators.combine(pieces.list().ofMaxSize(30), Arbitraries.of("", "==a"))
        .as((list, end) -> String.join("", list) + end);
  }

  private static void compileAndRender(String yaml) {
    Compiled<Plan> compiled = Compiler.compile("fuzz.yaml", yaml);
    assertThat(compiled.hasErrors()).isEqualTo(compiled.value() == null);
    DiagnosticText.render(compiled.diagnostics(), yaml);
    bytes(compiled);
  }

  private static String bytes(Compiled<Plan> compiled) {
    Plan plan = compiled.value();
    if (plan == null) {
      return "";
    }
    String json = plan.toJson();
    assertThat(Plan.fromJson(json)).isEqualTo(plan);
    return json;
  }

  private static List<String> examples() {
    try (Stream<Path> files = Files.list(Path.of("../examples"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(Folders::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
