package dev.tiphys.cli;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.WorkflowKind;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.compiler.diagnostic.Severity;
import dev.tiphys.triggers.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiphys lint}. */
@Command(
    name = "lint",
    description = "Check workflows, and print every mistake with its place and what to do.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys lint coinflip.yaml",
      "  tiphys lint examples/                      every workflow below a folder",
      "  tiphys lint --output json . | jq -r '.[].message'",
      "",
      "Exit codes: 0 no error (there may be warnings), 2 an error."
    })
final class LintCommand implements Callable<Integer> {
  /** How mistakes are printed. */
  enum Output {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files, or folders to search for *.yaml and *.yml; - reads standard input.")
  private List<String> paths;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Output output = Output.TEXT;

  @Spec private CommandSpec spec;

  private final List<Diagnostic> found = new ArrayList<>();
  private int files;

  @Override
  public Integer call() {
    for (YamlFiles.Found file : YamlFiles.under(paths, spec)) {
      SourceText source = SourceText.read(file.name(), spec);
      if (file.named() || WorkflowKind.isIn(source.text())) {
        lint(source);
      } else {
        err().println(file.name() + ": not a workflow, skipped");
      }
    }
    if (output == Output.JSON) {
      spec.commandLine()
          .getOut()
          .println(Json.write(found.stream().map(Diagnostic::toRecord).toList()));
    }
    err().println(summary());
    return count(Severity.ERROR) == 0 ? ExitCode.OK : ExitCode.INVALID;
  }

  private void lint(SourceText source) {
    List<Diagnostic> diagnostics = Compiler.compile(source.name(), source.text()).diagnostics();
    if (output == Output.TEXT) {
      new Report(spec.commandLine().getOut(), spec.commandLine().getColorScheme())
          .print(diagnostics, source);
    }
    found.addAll(diagnostics);
    files++;
  }

  private String summary() {
    return String.join(
        ", ",
        counted(files, "file"),
        counted(count(Severity.ERROR), "error"),
        counted(count(Severity.WARNING), "warning"));
  }

  private long count(Severity severity) {
    return found.stream().filter(d -> d.severity() == severity).count();
  }

  private static String counted(long n, String what) {
    return String.format(Locale.ROOT, n == 1 ? "%d %s" : "%d %ss", n, what);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
