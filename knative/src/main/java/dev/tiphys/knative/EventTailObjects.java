package dev.tiphys.knative;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1.TriggerBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.Map;

/**
 * What shows a run's events for a while: a Job whose pod prints them, and a Trigger that sends them
 * there. The Job goes when it is deleted, when its time is over, or with the run; all else goes
 * with the Job. So nothing stays when who asked for it is killed.
 *
 * @param suffix tells it from others of the same run
 * @param broker name of the run's Broker
 * @param image the sidecars' image
 */
public record EventTailObjects(String run, String suffix, String broker, String image) {
  /** Nobody watches for longer. */
  public static final Duration LIFETIME = Duration.ofHours(2);

  private static final String COMPONENT = "eventtail";
  private static final String APP_INSTANCE = "app.kubernetes.io/instance";
  private static final int PORT = 8080;
  private static final int HTTP = 80;

  /** Of all three objects. */
  public String name() {
    return ResourceName.of(run + "-events-" + suffix);
  }

  /** The container that prints. */
  public static String container() {
    return COMPONENT;
  }

  /** Label of the pod, and its value there. */
  public Map.Entry<String, String> podLabel() {
    return Map.entry(APP_INSTANCE, name());
  }

  /** The Job; the run owns it. */
  public Job job(OwnerReference owner) {
    return new JobBuilder()
        .withMetadata(metadata(owner))
        .withNewSpec()
        .withBackoffLimit(0)
        .withActiveDeadlineSeconds(LIFETIME.toSeconds())
        .withTtlSecondsAfterFinished(0)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(metadata(owner).getLabels())
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(1L)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withContainers(container(image))
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** The Service in front of the pod; the Job owns it. */
  public Service service(OwnerReference job) {
    return new ServiceBuilder()
        .withMetadata(metadata(job))
        .withNewSpec()
        .addToSelector(podLabel().getKey(), podLabel().getValue())
        .addNewPort()
        .withPort(HTTP)
        .withNewTargetPort(PORT)
        .endPort()
        .endSpec()
        .build();
  }

  /** The Trigger; the Job owns it. What the pod misses is not tried again. */
  public Trigger trigger(OwnerReference job) {
    return new TriggerBuilder()
        .withMetadata(metadata(job))
        .editMetadata()
        .addToAnnotations(EventingObjects.KAFKA_DELIVERY_ORDER, "ordered")
        .endMetadata()
        .withNewSpec()
        .withBroker(broker)
        .addNewFilter()
        .addToExact(Attributes.RUN, run)
        .endFilter()
        .withNewSubscriber()
        .withNewRef()
        .withApiVersion("v1")
        .withKind("Service")
        .withName(name())
        .endRef()
        .endSubscriber()
        .withNewDelivery()
        .withRetry(0)
        .endDelivery()
        .endSpec()
        .build();
  }

  private ObjectMeta metadata(OwnerReference owner) {
    Map<String, String> labels = Labels.shared(COMPONENT);
    labels.put(podLabel().getKey(), podLabel().getValue());
    return new ObjectMetaBuilder()
        .withName(name())
        .withLabels(labels)
        .withOwnerReferences(owner)
        .build();
  }

  private static Container container(String image) {
    return SidecarsProgram.container(COMPONENT, image)
        .withReadinessProbe(SidecarsProgram.listens(PORT))
        .withResources(SidecarsProgram.resources("10m", "64Mi", "192Mi"))
        .build();
  }
}
