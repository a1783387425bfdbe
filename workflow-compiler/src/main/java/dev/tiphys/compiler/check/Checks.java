package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.LogCapture;
import java.util.List;

/** All rules. */
public final class Checks {
  private static final List<Check> ALL =
      List.of(
          new WorkflowName(),
          new ValidNames(),
          new UniqueNames(),
          new ReservedNames(),
          new ReservedEventTypes(),
          new EnvironmentNames(),
          new Images(),
          new KnownVolumes(),
          new NetworkProxies(),
          new KnownTemplates(),
          new MissingArguments(),
          new UnexpectedArguments(),
          new References(),
          new JoinsAndWindows(),
          new EventInputsOnTasks(),
          new EntrypointEvent(),
          new EntrypointWatch(),
          new EventStartedSettings(),
          new RestartedTasks(),
          new EventValueInCode(),
          new LaterEmitter(),
          new EventCycle(),
          new EndlessRecursion(),
          new ExternalEvents(),
          new EndlessEmitter(),
          new UnheardEvents(),
          new UnusedTemplates());

  private Checks() {}

  /** Reports everything that the workflow gets wrong. */
  public static void run(Workflow workflow, LogCapture capture, Diagnostics found) {
    ALL.forEach(check -> check.check(workflow, found));
    new CapturedStreams(capture).check(workflow, found);
    new OwnToken(capture).check(workflow, found);
  }
}
