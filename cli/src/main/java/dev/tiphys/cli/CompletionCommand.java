package dev.tiphys.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiphys completion}. */
@Command(
    name = "completion",
    description = "Print a shell's completion script.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(tiphys completion bash)                   in this shell",
      "  tiphys completion bash > ~/.local/share/bash-completion/completions/tiphys",
      "  source <(tiphys completion zsh)                    in .zshrc, after compinit"
    })
final class CompletionCommand implements Runnable {
  /** The shells that picocli writes for; one script serves both. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @SuppressWarnings("unused") // a wrong name is refused; the script is the same
  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(AutoComplete.bash("tiphys", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
  }
}
