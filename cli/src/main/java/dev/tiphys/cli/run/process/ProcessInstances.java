package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.port.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Instances as processes of this machine. Each has a virtual thread for as long as it runs; a gated
 * one is an entry in a map and no more, and so is an ended one.
 */
public final class ProcessInstances implements Instances, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessInstances.class);

  /** How long sidecars may take to publish their last events once all processes have ended. */
  private static final Duration SIDECAR_GRACE = Duration.ofSeconds(5);

  /** How long a process that a signal has ended waits for us to hear of the same signal. */
  private static final Duration INTERRUPT_GRACE = Duration.ofMillis(500);

  private static final String RUN_ENDED = "the run was ended";

  private final Map<String, LocalInstance> byName = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService lives = Executors.newVirtualThreadPerTaskExecutor();
  private final WorkFolder work;
  private final Duration grace;
  private final StrayProcesses strays;
  private final Sweeper sweeper;
  private final Reaper reaper;
  private final TaskLauncher launcher;
  private final SidecarRuntime sidecars;
  private final SidecarProcesses processes;
  private final InstanceListener listener;
  private final InstantSource clock;

  /**
   * @param grace between SIGTERM and SIGKILL
   * @param listener must not call back into this object's {@link #close}
   */
  public ProcessInstances(
      WorkFolder work,
      TaskEnvironment environment,
      Duration grace,
      SidecarRuntime sidecars,
      InstanceListener listener,
      InstantSource clock) {
    this.work = work;
    this.strays = new StrayProcesses(environment.session());
    this.grace = grace;
    this.launcher = new TaskLauncher(environment);
    this.sidecars = sidecars;
    this.processes = new SidecarProcesses(work, environment, grace);
    this.listener = listener;
    this.clock = clock;
    this.sweeper = new Sweeper(strays, this::ended);
    this.reaper = new Reaper(environment.session());
    sweeper.start();
    reaper.start();
  }

  @Override
  public List<Instance> of(String run) {
    return byName.values().stream()
        .filter(instance -> instance.belongsTo(run))
        .map(LocalInstance::observed)
        .toList();
  }

  @Override
  public boolean create(InstanceSpec spec) {
    LocalInstance instance = new LocalInstance(spec, clock.instant());
    boolean created = byName.putIfAbsent(spec.identity().name(), instance) == null;
    if (created && closing()) {
      stop(instance, RUN_ENDED);
    } else if (created && !spec.gated()) {
      begin(instance);
    }
    return created;
  }

  @Override
  public void openGate(String name) {
    LocalInstance instance = byName.get(name);
    if (instance != null && !closing() && instance.openGate()) {
      begin(instance);
    }
  }

  @Override
  public void update(String name, SortedMap<String, String> parameters, long revision) {
    LocalInstance instance = byName.get(name);
    if (instance != null) {
      Path folder = work.of(instance.observed().identity());
      try {
        instance.update(parameters, revision, ParameterFiles.below(folder)::write);
      } catch (IOException e) {
        throw new Unavailable("the parameters of " + name + " cannot be written", e);
      }
    }
  }

  @Override
  public void stop(String name, String reason) {
    LocalInstance instance = byName.get(name);
    if (instance != null && !instance.observed().state().terminal()) {
      Thread.startVirtualThread(() -> stop(instance, reason));
    }
  }

  /** Nothing: a process that may begin does so at once, or fails. */
  @Override
  public void giveUp(String name, String reason) {}

  @Override
  public void delete(String name) {
    LocalInstance instance = byName.get(name);
    if (instance != null && instance.observed().state().terminal()) {
      byName.remove(name);
      work.delete(instance.observed().identity());
    }
  }

  /** What the run's failed instances said last, on stderr or else on stdout, by instance. */
  public SortedMap<String, List<String>> lastLinesOfFailed(String run) {
    SortedMap<String, List<String>> lines = new TreeMap<>();
    byName.forEach(
        (name, instance) -> {
          if (instance.belongsTo(run) && instance.observed().state() == Instance.State.FAILED) {
            lines.put(name, instance.lastLines());
          }
        });
    return lines;
  }

  /** Stops all and waits until no process is left. Nothing is started from now on. */
  @Override
  public void close() {
    closing.countDown();
    List.copyOf(byName.values()).forEach(instance -> stop(instance.observed().name(), RUN_ENDED));
    lives.shutdown();
    try {
      if (!lives.awaitTermination(grace.plus(SIDECAR_GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("some sidecars did not finish; their last events are lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      kill();
      lives.shutdownNow();
      sweeper.close();
      reaper.close();
    }
  }

  /** Kills every process of this session at once. May be called at any time, from any thread. */
  public void kill() {
    closing.countDown();
    byName.values().forEach(LocalInstance::kill);
    strays.kill();
  }

  private boolean ended(String name) {
    LocalInstance instance = byName.get(name);
    return instance == null || instance.observed().state().terminal();
  }

  private boolean closing() {
    return closing.getCount() == 0;
  }

  private void stop(LocalInstance instance, String reason) {
    try {
      if (instance.stop(reason, grace)) {
        listener.changed(instance.observed());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(LocalInstance instance) {
    try {
      lives.execute(() -> live(instance));
    } catch (RejectedExecutionException e) {
      stop(instance, RUN_ENDED);
    }
  }

  private void live(LocalInstance instance) {
    try (ProxySockets sockets = new ProxySockets()) {
      LocalInstance.Running running =
          instance.start((spec, parameters) -> launch(spec, parameters, sockets));
      if (running != null) {
        accompany(instance, running, sockets);
      } else if (instance.observed().state() == Instance.State.FAILED) {
        listener.changed(instance.observed());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      abandon(instance, e);
    }
  }

  private TaskLauncher.Outcome launch(
      InstanceSpec spec, SortedMap<String, String> parameters, ProxySockets sockets) {
    try {
      return launcher.start(sockets.open(spec), parameters, work);
    } catch (IOException e) {
      return new TaskLauncher.NotStarted("no port for a networkproxy: " + e.getMessage());
    }
  }

  /** A mistake of ours must not leave an instance that never ends, and a run that waits for it. */
  private void abandon(LocalInstance instance, RuntimeException mistake) {
    LOG.error("instance {} cannot be seen to", instance.observed().name(), mistake);
    instance.kill();
    instance.fail("internal error: " + mistake);
    sweeper.instanceEnded();
    listener.changed(instance.observed());
  }

  private void accompany(
      LocalInstance instance, LocalInstance.Running running, ProxySockets sockets)
      throws InterruptedException {
    try (RunningSidecars beside =
        sidecars.start(running.spec(), running.task(), sockets, processes)) {
      running.task().readOutputs();
      listener.changed(instance.observed());
      ExitStatus exit = exit(instance, running);
      if (exit.interrupted() && closing.await(INTERRUPT_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        // the signal went to the process as well as to us
        instance.stop("interrupted", grace);
      }
      instance.ended(exit);
      sweeper.instanceEnded();
      beside.taskEnded(exit, instance.observed());
      listener.changed(instance.observed());
      if (!beside.endsWell()) {
        instance.cutOff();
        listener.changed(instance.observed());
      }
    }
  }

  private ExitStatus exit(LocalInstance instance, LocalInstance.Running running)
      throws InterruptedException {
    try (Deadline _ = Deadline.of(instance, running.spec().pod().activeDeadline(), grace)) {
      return running.task().waitFor();
    }
  }
}
