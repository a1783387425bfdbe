package dev.tiphys.compiler.taint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.triggers.plan.Plan;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A1: the plan says of each workflow parameter which sinks its value reaches. */
class ReachesTest {
  private static final String HEAD =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: test-}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: who, value: world}, {name: other, value: x}]}
        templates:
      """;

  private static final String ALLOWED =
      HEAD.replace(
          "test-}", "test-, annotations: {tiphys.dev/allow-event-values-in-code: \"true\"}}");

  private static final String EVENT = "valueFrom: {event: {metadata: {name: e}, eventPolicy: %s}}";

  @Test
  @DisplayName("A1: a parameter in a script's source reaches it")
  void aParameterInASourceReachesIt() {
    // Given
    String script =
        """
            - name: main
              script: {image: alpine, command: [sh], source: "echo hello {{workflow.parameters.who}}"}
        """;
    // When
    List<String> who = reaches(HEAD + script);
    // Then
    assertThat(who).containsExactly("the source of `main`");
  }

  @ParameterizedTest
  @DisplayName("A1: a parameter reaches code whatever way it takes")
  @ValueSource(
      strings = {
        // directly
        "- {name: main, container: {image: a, command: [sh, -c, 'echo"
            + " {{workflow.parameters.who}}']}}",
        // the entrypoint's input of its name
        "- {name: main, inputs: [{name: who}], container: {image: a, command: [sh, -c, 'echo"
            + " {{inputs.parameters.who}}']}}",
        // the same where it has a default
        "- {name: main, inputs: [{name: who, value: x}], container: {image: a, command: [sh, -c,"
            + " 'echo {{inputs.parameters.who}}']}}",
        // a default
        "- {name: main, inputs: [{name: y, default: '{{workflow.parameters.who}}'}], container:"
            + " {image: a, command: [sh, -c, 'echo {{inputs.parameters.y}}']}}",
        // an input's variable that Kubernetes puts in
        "- {name: main, inputs: [{name: who}], container: {image: a, command: [sh, -c, echo"
            + " $(TIPHYS_PARAM_WHO)]}}",
        // a variable within a variable
        "- {name: main, container: {image: a, command: [sh, -c, echo $(Y)], env: [{name: X, value:"
            + " '{{workflow.parameters.who}}'}, {name: Y, value: a $(X)}]}}",
        // a variable that the shell evaluates
        "- {name: main, container: {image: a, command: [sh, -c, 'eval $X'], env: [{name: X, value:"
            + " '{{workflow.parameters.who}}'}]}}",
        // options that take a word of their own before the one that brings code
        "- {name: main, container: {image: a, command: [bash, -euo, pipefail, -c,"
            + " '{{workflow.parameters.who}}']}}",
        // a file of the parameters' folder
        "- {name: main, inputs: [{name: who}], container: {image: a, command: [sh,"
            + " /tiphys/params/who]}}",
        // all variables
        "- {name: main, container: {image: a, command: [sh, -c, 'env | sh'], env: [{name: X, value:"
            + " '{{workflow.parameters.who}}'}]}}",
        // a probe, in which variables are put in as well
        "- {name: main, inputs: [{name: who}], container: {image: a, livenessProbe: {exec:"
            + " {command: [sh, -c, echo $(TIPHYS_PARAM_WHO)]}}}}",
      })
  void aParameterReachesCodeWhateverWayItTakes(String main) {
    assertThat(reaches(HEAD + "    " + main)).containsExactly("the code in the command of `main`");
  }

  @Test
  @DisplayName("A1: a parameter reaches code through the arguments of steps within steps")
  void aParameterReachesCodeThroughArguments() {
    // Given
    String templates =
        """
            - name: main
              steps: [[{name: a, template: inner, arguments: {parameters: [{name: x, value: "hi {{workflow.parameters.who}}"}]}}]]
            - name: inner
              inputs: [{name: x}]
              steps: [[{name: b, template: run, arguments: {parameters: [{name: y, value: "{{inputs.parameters.x}}"}]}}]]
            - name: run
              inputs: [{name: y}]
              script: {image: alpine, command: [sh], source: "{{inputs.parameters.y}}"}
        """;
    // When
    List<String> who = reaches(HEAD + templates);
    // Then
    assertThat(who).containsExactly("the source of `run`");
  }

  @ParameterizedTest
  @DisplayName("A1: each sink is reached by a parameter, or takes no values at all")
  @EnumSource(Sink.class)
  void eachSinkIsReachedOrTakesNoValues(Sink sink) {
    // Given
    String value = "'{{workflow.parameters.who}}'";
    String task =
        switch (sink) {
          case SOURCE -> "script: {image: a, command: [sh], source: " + value + "}";
          case CODE -> "container: {image: a, command: [python, -c, " + value + "]}";
          case PROGRAM -> "container: {image: a, command: [" + value + "]}";
          case ARGUMENT ->
              "container: {image: a, command: [tool, 'a({{workflow.parameters.who}})']}";
          case VARIABLE -> "container: {image: a, env: [{name: BASH_ENV, value: " + value + "}]}";
          case OPTIONS -> "container: {image: a, env: [{name: MY_OPTIONS, value: " + value + "}]}";
          case MOUNT ->
              "container: {image: a, env: [{name: X, value: "
                  + value
                  + "}], volumeMounts: [{name: v, mountPath: /v, subPathExpr: $(X)}]}, volumes:"
                  + " [{name: v, emptyDir: {}}]";
          case IMAGE -> "container: {image: " + value + "}";
          case SERVICE_ACCOUNT -> "serviceAccountName: " + value + ", container: {image: a}";
          case VOLUME ->
              "volumes: [{name: v, hostPath: {path: " + value + "}}], container: {image: a}";
          case VARIABLE_NAME -> "container: {image: a, env: [{name: " + value + ", value: x}]}";
          case EVENT_SINK ->
              "container: {image: a}, outputs: {events: [{name: e, sink: " + value + "}]}";
          case SELECTOR ->
              "container: {image: a}, inputs: [{name: i, valueFrom: {event: {metadata: {name: e,"
                  + " selector: {a: "
                  + value
                  + "}}, eventPolicy: create}}}]";
          case NAME -> "container: {image: a}, outputs: {events: [{name: " + value + "}]}";
        };
    // When
    Compiled<Plan> compiled = Compiler.compile("a.yaml", HEAD + main(task));
    // Then
    if (compiled.value() == null) {
      assertThat(codes(compiled)).contains(Code.UNSUPPORTED_VARIABLE);
    } else {
      assertThat(who(compiled))
          .containsExactly(sink.inWords("main", sink == Sink.OPTIONS ? "MY_OPTIONS" : "BASH_ENV"));
    }
  }

  @ParameterizedTest
  @DisplayName("A1: a parameter that is data alone reaches nothing, so that an event may set it")
  @ValueSource(
      strings = {
        "container: {image: a, command: [echo, 'hello {{workflow.parameters.who}}']}",
        "container: {image: a, command: [sh, -c, 'echo \"$1\"', sh,"
            + " '{{workflow.parameters.who}}']}",
        "container: {image: a, command: [sh, -c, 'echo \"$WHO\"'], env: [{name: WHO, value:"
            + " '{{workflow.parameters.who}}'}]}",
        "container: {image: a, command: [tool, '--name={{workflow.parameters.who}}']}",
        "inputs: [{name: who}], script: {image: a, command: [sh], source: echo"
            + " \"$TIPHYS_PARAM_WHO\"}",
        "script: {image: a, command: [sh], source: 'echo $(TIPHYS_PARAM_WHO)'}, inputs: [{name:"
            + " who}]",
        "steps: [[{name: s, template: t, when: \"{{workflow.parameters.who}} == a\"}]]}\n    -"
            + " {name: t, container: {image: a}",
      })
  void aParameterThatIsDataReachesNothing(String task) {
    assertThat(reaches(HEAD + main(task))).isEmpty();
  }

  @Test
  @DisplayName("A1: only the parameter that comes there reaches it")
  void onlyTheParameterThatComesThereReachesIt() {
    // Given
    String task = main("script: {image: a, source: '{{workflow.parameters.who}}'}");
    // When
    Compiled<Plan> compiled = Compiler.compile("a.yaml", HEAD + task);
    // Then
    assertThat(Objects.requireNonNull(compiled.value()).parameters())
        .extracting(Plan.Parameter::name, p -> p.reaches().size())
        .containsExactly(tuple("who", 1), tuple("other", 0));
  }

  @Test
  @DisplayName("A1: what a parameter reaches does not depend on the templates' order")
  void whatAParameterReachesDoesNotDependOnTheOrder() {
    // Given
    String main =
        """
            - {name: main, steps: [[{name: a, template: a}, {name: b, template: b}]]}
        """;
    String a = "    - {name: a, script: {image: a, source: '{{workflow.parameters.who}}'}}\n";
    String b = "    - {name: b, container: {image: a, args: ['{{workflow.parameters.who}}']}}\n";
    // When
    List<String> one = reaches(HEAD + main + a + b);
    List<String> other = reaches(HEAD + b + "\n\n" + a + main);
    // Then
    assertThat(one).containsExactly("the program of `b`", "the source of `a`").isEqualTo(other);
  }

  @Test
  @DisplayName("A1: the annotation opens code to events, and nothing else")
  void theAnnotationOpensCodeAlone() {
    // Given
    String task =
        main(
            "container: {image: a, command: [sh, -c, 'echo {{workflow.parameters.who}}'], env:"
                + " [{name: LD_PRELOAD, value: '{{workflow.parameters.who}}'}]}");
    // When
    List<String> reached = reaches(ALLOWED + task);
    // Then
    assertThat(reached).containsExactly("the variable `LD_PRELOAD` of `main`");
  }

  @ParameterizedTest
  @DisplayName("A1: an event's value that chooses what is loaded is refused, annotation or not")
  @ValueSource(
      strings = {
        "BASH_ENV",
        "ENV",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "PYTHONSTARTUP",
        "PYTHONPATH",
        "NODE_OPTIONS",
        "PERL5OPT",
        "RUBYOPT",
        "JAVA_TOOL_OPTIONS",
        "GIT_SSH_COMMAND",
        "PATH",
        "KUBE_EDITOR",
        "KUBECTL_EXTERNAL_DIFF",
        "SUDO_EDITOR",
        "SYSTEMD_EDITOR",
        "SVN_SSH",
        "SVN_EDITOR",
        "HGRCPATH",
        "FZF_DEFAULT_COMMAND",
        "RIPGREP_CONFIG_PATH",
        "PSQLRC",
        "CURL_HOME",
        "WGETRC",
        "ANSIBLE_CONFIG",
        "TF_CLI_ARGS",
        "TF_CLI_CONFIG_FILE",
        "SPARK_SUBMIT_OPTS",
        "HADOOP_OPTS",
        "CATALINA_OPTS",
        "JDK_JAVAC_OPTIONS",
        "GCC_EXEC_PREFIX",
        "GTK_MODULES",
        "QT_PLUGIN_PATH",
        "AWS_PAGER",
        "JAVA_HOME",
        "PYSPARK_PYTHON",
        "KAFKA_OPTS",
        "PYTEST_ADDOPTS",
        "GUNICORN_CMD_ARGS",
        "FLASK_APP",
        "GOTOOLCHAIN",
        "CONFIG_SHELL",
        "HELM_PLUGINS",
        "COMSPEC",
        "PS0",
        "OMPI_MCA_plm_rsh_agent",
        "XDG_CONFIG_DIRS",
        "BASH_LOADABLES_PATH",
        "LESS",
        "LD_AUDIT",
        "LD_PRELOAD_32",
        "DYLD_INSERT_LIBRARIES",
        "LUA_PATH",
        "LUA_CPATH_5_4",
        "LUA_INIT",
        "CORECLR_PROFILER_PATH",
        "COR_PROFILER",
        "CARGO_HOME",
        "CARGO_BUILD_RUSTC",
        "CARGO_BUILD_RUSTC_WRAPPER",
        "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER",
        "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER",
        "CARGO_ENCODED_RUSTFLAGS",
        "PIP_INDEX_URL",
        "PIP_CONFIG_FILE",
        "PIP_FIND_LINKS",
        "UV_INDEX",
        "UV_EXTRA_INDEX_URL",
        "NPM_CONFIG_REGISTRY",
        "YARN_NPM_REGISTRY_SERVER",
        "PYTHON_PRESITE",
        "PYTHONINSPECT",
        "BASH_FUNC_ls%%"
      })
  void anEventsValueInAStartupVariableIsRefused(String variable) {
    // Given
    String task =
        main(
            "inputs: [{name: x, %s}], container: {image: a, command: [tool], env: [{name: %s, value: 'a{{inputs.parameters.x}}'}]}"
                .formatted(EVENT.formatted("create"), variable));
    // When
    List<Code> codes = codes(Compiler.compile("a.yaml", HEAD + task));
    List<Code> allowed = codes(Compiler.compile("a.yaml", ALLOWED + task));
    // Then
    assertThat(codes).contains(Code.EVENT_VALUE_IN_CODE);
    assertThat(allowed).contains(Code.EVENT_VALUE_IN_CODE);
  }

  @ParameterizedTest
  @DisplayName("A1: an event's value in a variable whose name lets expect options is a warning")
  @ValueSource(strings = {"MY_OPTIONS", "TRAIN_ARGS", "CFLAGS", "CGO_CFLAGS", "MY_PLUGIN_PATH"})
  void anEventsValueInAVariableOfOptionsIsAWarning(String variable) {
    // Given
    String task = main(variable(variable));
    // When
    List<Code> codes = codes(Compiler.compile("a.yaml", HEAD + task));
    // Then
    assertThat(codes)
        .contains(Code.EVENT_VALUE_IN_ARGUMENT)
        .doesNotContain(Code.EVENT_VALUE_IN_CODE);
  }

  @ParameterizedTest
  @DisplayName("A1: an event's value in a variable that programs take for data stays silent")
  @ValueSource(
      strings = {
        "PYTHONUNBUFFERED",
        "PYTHONHASHSEED",
        "PYTHONIOENCODING",
        "PYTHONDONTWRITEBYTECODE",
        "NAME",
        "OPTIONS",
        "CUSTOMER_EMAIL",
        "CARGO_ID",
        "COR_NUMBER",
        "LUA_SCORE",
        "LD_RATIO",
        "PIP_COUNT",
        "PYTHON_VERSION"
      })
  void anEventsValueInAnOrdinaryVariableStaysSilent(String variable) {
    // Given
    String task = main(variable(variable));
    // When
    List<Code> codes = codes(Compiler.compile("a.yaml", HEAD + task));
    // Then
    assertThat(codes).doesNotContain(Code.EVENT_VALUE_IN_ARGUMENT, Code.EVENT_VALUE_IN_CODE);
  }

  @ParameterizedTest
  @DisplayName("A1: a task that works in its parameters' folder may run one by its name")
  @ValueSource(
      strings = {
        "command: [sh, v], workingDir: /tiphys/params",
        "command: [sh, params/v], workingDir: /tiphys",
        "command: [./v], workingDir: /tiphys/params/"
      })
  void aTaskInItsParametersFolderIsRefused(String fields) {
    // Given
    String task =
        main(
            "inputs: [{name: v, %s}], container: {image: a, %s}"
                .formatted(EVENT.formatted("create"), fields));
    // When
    List<Code> codes = codes(Compiler.compile("a.yaml", HEAD + task));
    // Then
    assertThat(codes).contains(Code.EVENT_VALUE_IN_CODE);
  }

  @ParameterizedTest
  @DisplayName("A9: a value that a shell gives to a program as a right is a warning")
  @ValueSource(
      strings = {
        "script: {image: a, command: [sh], source: 'docker run \"$TIPHYS_PARAM_V\"'}",
        "container: {image: a, command: [sh, -c, 'kubectl apply -f \"$TIPHYS_PARAM_V\"']}",
        "script: {image: a, command: [sh], source: 'tar -xf a.tar \"$TIPHYS_PARAM_V\"'}",
        "container: {image: a, command: [sh, -c, 'tar -xf a.tar \"$X\"'], env: [{name: X, value:"
            + " '{{inputs.parameters.v}}'}]}"
      })
  void aValueThatAShellGivesAsARightIsAWarning(String work) {
    // Given
    String task = main("inputs: [{name: v, %s}], %s".formatted(EVENT.formatted("create"), work));
    // When
    List<Code> codes = codes(Compiler.compile("a.yaml", HEAD + task));
    // Then
    assertThat(codes)
        .contains(Code.EVENT_VALUE_IN_ARGUMENT)
        .doesNotContain(Code.EVENT_VALUE_IN_CODE);
  }

  @ParameterizedTest
  @DisplayName("A1: entrypoint, event and update inputs that reach code are refused")
  @ValueSource(
      strings = {
        "- {name: main, inputs: [{name: x, CREATE}], script: {image: a, source:"
            + " '{{inputs.parameters.x}}'}}",
        "- {name: main, inputs: [{name: x, UPDATE}], script: {image: a, source:"
            + " '{{inputs.parameters.x}}'}}",
        "- {name: main, inputs: [{name: x, CREATE}], steps: [[{name: s, template: t, arguments:"
            + " {parameters: [{name: y, value: '{{inputs.parameters.x}}'}]}}]]}\n    - {name: t,"
            + " inputs: [{name: y}], script: {image: a, source: '{{inputs.parameters.y}}'}}",
        "- {name: main, steps: [[{name: s, template: t, arguments: {parameters: [{name: y, value:"
            + " '{{steps.s.inputs.x}}'}]}}]]}\n"
            + "    - {name: t, inputs: [{name: x, CREATE}, {name: y}], script: {image: a, source:"
            + " '{{inputs.parameters.y}}'}}",
        "- {name: main, inputs: [{name: x, UPDATE}], container: {image: a, command: [tool],"
            + " lifecycle: {preStop: {exec: {command: [sh, -c, 'eval $TIPHYS_PARAM_X']}}}}}",
        "- {name: main, inputs: [{name: x, CREATE}], script: {image: a, command: [bash], source:"
            + " 'eval \"$TIPHYS_PARAM_X\"'}}",
      })
  void inputsOfEventsThatReachCodeAreRefused(String templates) {
    // Given
    String workflow =
        HEAD
            + "    "
            + templates
                .replace("CREATE", EVENT.formatted("create"))
                .replace("UPDATE", EVENT.formatted("update"));
    // When
    List<Code> codes = codes(Compiler.compile("a.yaml", workflow));
    // Then
    assertThat(codes).contains(Code.EVENT_VALUE_IN_CODE);
  }

  @ParameterizedTest
  @DisplayName("A9: a script's source is a shell's code if one may read it, however it is started")
  @ValueSource(
      strings = {
        "sh",
        "bash, -euo, pipefail",
        "bash, -eO, extglob",
        "env, -S, 'bash -e'",
        "/usr/bin/env, -S, bash -e",
        "sh, -c, 'sh $0'",
        "timeout, '9', bash",
        "setsid, -f, sh",
        "busybox, sh",
        "my-shell"
      })
  void aScriptsSourceIsAShellsCode(String command) {
    // Given
    String task =
        main(
            "inputs: [{name: v, %s}], script: {image: a, command: [%s], source: 'eval \"$TIPHYS_PARAM_V\"'}"
                .formatted(EVENT.formatted("create"), command));
    // When
    List<Code> codes = codes(Compiler.compile("a.yaml", HEAD + task));
    // Then
    assertThat(codes).contains(Code.EVENT_VALUE_IN_CODE);
  }

  @ParameterizedTest
  @DisplayName("A9: a source in another language is no shell's code")
  @ValueSource(strings = {"python3", "python3, -u", "node", "timeout, '9', python3"})
  void aSourceInAnotherLanguageIsNoShellsCode(String command) {
    // Given
    String task =
        main(
            "inputs: [{name: v, %s}], script: {image: a, command: [%s], source: 'eval \"$TIPHYS_PARAM_V\"'}"
                .formatted(EVENT.formatted("create"), command));
    // When
    List<Code> codes = codes(Compiler.compile("a.yaml", HEAD + task));
    // Then
    assertThat(codes).doesNotContain(Code.EVENT_VALUE_IN_CODE);
  }

  @Test
  @DisplayName("D7: a command line of many programs is read in time that grows with it")
  void aLongCommandLineIsRead() {
    // Given
    Stream<String> names = Stream.of("env", "find", "-exec", "sed", "python", "xargs", "tool");
    String words = String.join(", ", names.toList());
    String task =
        main("container: {image: a, command: [%s]}".formatted((words + ", ").repeat(1_000)));
    // When
    Compiled<Plan> compiled = Compiler.compile("a.yaml", HEAD + task);
    // Then
    assertThat(compiled.value()).isNotNull();
  }

  @ParameterizedTest
  @DisplayName("D7: shell code of any depth is read")
  @ValueSource(strings = {"$(", "`", "\"$(", "sh -c ", "$((", "eval ", "'", "\\", "${", "a|"})
  void shellCodeOfAnyDepthIsRead(String piece) {
    // Given
    String code = piece.repeat(5_000).replace("'", "''");
    String task = main("container: {image: a, command: [sh, -c, '%s']}".formatted(code));
    // When
    Compiled<Plan> compiled = Compiler.compile("a.yaml", HEAD + task);
    // Then
    assertThat(compiled.value()).isNotNull();
  }

  private static String variable(String name) {
    return "inputs: [{name: x, %s}], container: {image: a, command: [tool], env: [{name: %s, value: 'a{{inputs.parameters.x}}'}]}"
        .formatted(EVENT.formatted("create"), name);
  }

  private static String main(String fields) {
    return "    - {name: main, " + fields + "}\n";
  }

  private static List<String> reaches(String workflow) {
    Compiled<Plan> compiled = Compiler.compile("a.yaml", workflow);
    assertThat(compiled.value()).as(() -> compiled.diagnostics().toString()).isNotNull();
    return who(compiled);
  }

  private static List<String> who(Compiled<Plan> compiled) {
    return Objects.requireNonNull(compiled.value()).parameters().getFirst().reaches();
  }

  private static List<Code> codes(Compiled<Plan> compiled) {
    return compiled.diagnostics().stream().map(Diagnostic::code).toList();
  }
}
