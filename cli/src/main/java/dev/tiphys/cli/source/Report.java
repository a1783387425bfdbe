package dev.tiphys.cli.source;

import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.compiler.diagnostic.DiagnosticText;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;

/** Prints diagnostics for people, their first lines in colour where colours are shown. */
public final class Report {
  private final PrintWriter out;
  private final ColorScheme colours;

  /** Prints there, in the colours of the command line. */
  public Report(PrintWriter out, ColorScheme colours) {
    this.out = out;
    this.colours = colours;
  }

  /** A blank line after each. */
  public void print(List<Diagnostic> diagnostics, SourceText source) {
    List<String> texts = DiagnosticText.each(diagnostics, source.text());
    for (int i = 0; i < texts.size(); i++) {
      String text = Escaped.lines(texts.get(i));
      int endOfFirst = text.indexOf('\n');
      out.print(coloured(diagnostics.get(i), text.substring(0, endOfFirst)));
      out.println(text.substring(endOfFirst));
    }
    out.flush();
  }

  private Text coloured(Diagnostic diagnostic, String line) {
    Style colour =
        switch (diagnostic.severity()) {
          case ERROR -> Style.fg_red;
          case WARNING -> Style.fg_yellow;
        };
    return colours.apply(line, List.of(Style.bold, colour));
  }
}
