package dev.tiphys.cli;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.graph.Dot;
import dev.tiphys.cli.graph.Graph;
import dev.tiphys.cli.graph.Mermaid;
import dev.tiphys.cli.graph.PlanGraph;
import dev.tiphys.cli.graph.Svg;
import dev.tiphys.cli.source.WorkflowFile;
import dev.tiphys.triggers.plan.Plan;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiphys graph}. */
@Command(
    name = "graph",
    description = {
      "Draw a workflow: its steps, and which events start (dashed arrow) or stop (dashed, ending"
          + " in a bar or cross) which of them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys graph coinflip.yaml                 for a Markdown file",
      "  tiphys graph -o svg coinflip.yaml > coinflip.svg",
      "  tiphys graph -o dot coinflip.yaml | dot -Tpng > coinflip.png"
    })
final class GraphCommand implements Callable<Integer> {
  /** What the picture is written in. */
  enum Format {
    MERMAID,
    DOT,
    SVG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private WorkflowFile file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.MERMAID;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Optional<Plan> plan = file.compile();
    plan.map(PlanGraph::of).map(this::text).ifPresent(spec.commandLine().getOut()::print);
    spec.commandLine().getOut().flush();
    return plan.isPresent() ? ExitCode.OK : ExitCode.INVALID;
  }

  private String text(Graph graph) {
    return switch (format) {
      case MERMAID -> Mermaid.render(graph);
      case DOT -> Dot.render(graph);
      case SVG -> Svg.render(graph);
    };
  }
}
