package dev.tiphys.sidecars.program;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several programs in one process, each of which ends as it would alone. */
public record Together(List<Program> programs) implements Program {
  public Together {
    programs = List.copyOf(programs);
  }

  /** The worst of their exit codes. */
  @Override
  public int end() throws InterruptedException {
    int code = OK;
    for (Program program : programs) {
      code = Math.max(code, program.end());
    }
    return code;
  }

  @Override
  public CompletableFuture<Void> failed() {
    return CompletableFuture.anyOf(
            programs.stream().map(Program::failed).toArray(CompletableFuture<?>[]::new))
        .thenAccept(nothing -> {});
  }
}
