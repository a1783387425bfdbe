package dev.tiphys.cli.run.process;

import dev.tiphys.sidecars.contract.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Ends processes that have left the tree of the task that they came from: when a parent dies, its
 * children become init's, and nobody's descendants. They still carry the task's environment, which
 * Linux shows in {@code /proc}. (A container would end with its first process, and all in it.)
 *
 * <p>Where there is no {@code /proc}, and for a process that has cleared its environment, nothing
 * is found.
 *
 * @param session whose mark all processes of one {@code tiphys run} carry
 */
record StrayProcesses(Session session) {
  static final String INSTANCE = "TIPHYS_INSTANCE";

  /** Set for sidecars alone. */
  private static final String SIDECAR = Environment.CONTAINER;

  /**
   * Kills the processes of all tasks whose instance's name the condition holds for. Their sidecars
   * outlive them, and are left alone.
   */
  void kill(Predicate<String> instance) {
    killWhere(
        environment ->
            environment.stream().noneMatch(variable -> variable.startsWith(SIDECAR + "="))
                && environment.stream()
                    .filter(variable -> variable.startsWith(INSTANCE + "="))
                    .anyMatch(
                        variable -> instance.test(variable.substring(INSTANCE.length() + 1))));
  }

  /** Kills them all. */
  void kill() {
    killWhere(environment -> true);
  }

  /** Kills what sessions have left whose owner was killed, and the reaper with it. */
  static void killOrphans() {
    where(environment -> sessions(environment).anyMatch(Session::orphaned))
        .forEach(process -> new ProcessTree(process).kill());
  }

  private void killWhere(Predicate<List<String>> condition) {
    where(
            environment ->
                sessions(environment).anyMatch(session::equals) && condition.test(environment))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static List<ProcessHandle> where(Predicate<List<String>> condition) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> condition.test(environment(process))).toList();
    }
  }

  private static Stream<Session> sessions(List<String> environment) {
    String mark = Session.VARIABLE + "=";
    return environment.stream()
        .filter(variable -> variable.startsWith(mark))
        .flatMap(variable -> Session.parse(variable.substring(mark.length())).stream());
  }

  private static List<String> environment(ProcessHandle process) {
    try {
      byte[] environ =
          Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
      return Arrays.asList(new String(environ, StandardCharsets.UTF_8).split("\0", -1));
    } catch (IOException e) {
      // gone meanwhile, or another user's
      return List.of();
    }
  }
}
