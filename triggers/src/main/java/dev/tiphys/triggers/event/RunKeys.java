package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import java.util.Optional;

/**
 * The keys of one run. The control key is the functions' and the run watcher's; each emitter has
 * one of its own, under which nothing is believed but its own stream.
 *
 * @param uid of that very run: a namesake has other keys
 */
public record RunKeys(RootKey root, String uid) {
  /**
   * Who emits: one container of one instance, events of one type.
   *
   * @param task name of the template
   */
  public record Emitter(String task, String instance, String container, String eventType) {}

  /** Signs what {@link EventTypes#RESERVED_PREFIX} begins. */
  public SigningKey control() {
    return control(root.newest());
  }

  /** Signs the events of one emitter. */
  public SigningKey emitter(Emitter emitter) {
    return emitter(root.newest(), emitter);
  }

  /** Whether the version of the root key that the event was signed under is known here. */
  public boolean know(CloudEvent event) {
    return Signature.version(event).filter(root::has).isPresent();
  }

  /**
   * Whether whoever may has signed the event: for a type of ours the functions or the watcher, else
   * the emitter that source, task and type name.
   *
   * @param workflow of the run
   * @param run its name
   */
  public boolean vouchFor(CloudEvent event, String workflow, String run) {
    Optional<Integer> version = Signature.version(event).filter(root::has);
    if (version.isEmpty() || !run.equals(Attributes.value(event, Attributes.RUN))) {
      return false;
    }
    if (event.getType().startsWith(EventTypes.RESERVED_PREFIX)) {
      return control(version.get()).hasSigned(event);
    }
    return emitter(event, workflow, run)
        .filter(emitter -> emitter(version.get(), emitter).hasSigned(event))
        .isPresent();
  }

  /** Who emits the event by what it says; empty unless it keeps to the stream of one emitter. */
  private static Optional<Emitter> emitter(CloudEvent event, String workflow, String run) {
    String task = Attributes.value(event, Attributes.TASK);
    return StreamSource.parse(event.getSource().toString())
        .filter(source -> task != null && Position.of(event).isPresent())
        .filter(source -> source.workflow().equals(workflow) && source.run().equals(run))
        .filter(source -> source.uri().equals(event.getSource()))
        .filter(source -> says(event, Attributes.INSTANCE, source.instance()))
        .filter(source -> says(event, Attributes.WORKFLOW, workflow))
        .filter(source -> says(event, Attributes.PARTITION_KEY, run))
        .map(
            source ->
                new Emitter(
                    String.valueOf(task), source.instance(), source.container(), event.getType()));
  }

  /** What it leaves out does no harm. */
  private static boolean says(CloudEvent event, String attribute, String value) {
    String said = Attributes.value(event, attribute);
    return said == null || said.equals(value);
  }

  private SigningKey control(int version) {
    return root.derive(version, "control", uid);
  }

  private SigningKey emitter(int version, Emitter of) {
    return root.derive(
        version, "emitter", uid, of.task(), of.instance(), of.container(), of.eventType());
  }
}
