package dev.tiphys.cli;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.cli.source.Report;
import dev.tiphys.cli.source.SourceText;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.WorkflowKind;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.compiler.diagnostic.Severity;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.triggers.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      "Exit codes: 0 no error (there may be warnings), 2 an error, 70 a bug of Tiphys."
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

  private final Function<SourceText, List<Diagnostic>> compiler;
  private final List<Diagnostic> found = new ArrayList<>();
  private int files;

  @SuppressWarnings("unused") // picocli calls it
  LintCommand() {
    this(source -> Compiler.compile(source.name(), source.text()).diagnostics());
  }

  /**
   * @param compiler what is wrong with a file
   */
  LintCommand(Function<SourceText, List<Diagnostic>> compiler) {
    this.compiler = compiler;
  }

  @Override
  public Integer call() {
    YamlFiles.under(paths, spec).forEach(this::lint);
    if (output == Output.JSON) {
      spec.commandLine()
          .getOut()
          .println(Json.write(found.stream().map(Diagnostic::toRecord).toList()));
    }
    err().println(summary());
    if (found.stream().anyMatch(d -> d.code() == Code.INTERNAL_ERROR)) {
      return ExitCode.BUG;
    }
    return count(Severity.ERROR) == 0 ? ExitCode.OK : ExitCode.INVALID;
  }

  /** Whatever comes of one file, the others are checked too. */
  private void lint(YamlFiles.Found file) {
    SourceText source;
    try {
      source = SourceText.read(file.name(), spec);
    } catch (ParameterException e) {
      if (file.named()) {
        throw e;
      }
      String problem = String.valueOf(e.getMessage());
      add(Code.UNREADABLE_FILE, file, problem, "make it readable UTF-8 text, or move it away");
      return;
    }
    try {
      if (file.named() || WorkflowKind.isIn(source.text())) {
        add(source, compiler.apply(source));
      } else {
        err().println(Escaped.lines(file.name()) + ": not a workflow, skipped");
      }
    } catch (RuntimeException | StackOverflowError e) {
      add(
          Code.INTERNAL_ERROR,
          file,
          "Tiphys fails over this file: " + e,
          "this is a bug of Tiphys: report it, with the file");
    }
  }

  private void add(Code code, YamlFiles.Found file, String message, String hint) {
    SourceText nothing = new SourceText(file.name(), "");
    add(nothing, List.of(new Diagnostic(code, new SourceSpan(file.name(), 1, 1), message, hint)));
  }

  private void add(SourceText source, List<Diagnostic> diagnostics) {
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
