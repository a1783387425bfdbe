package dev.tiphys.sidecars.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.sidecars.objects.WatchedObject;
import dev.tiphys.triggers.plan.ResourceWatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows objects of an API server. After a gap it lists anew and compares, so that neither a change
 * nor a deletion is overlooked.
 */
final class ClusterObjects implements ObjectWatches.Source {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterObjects.class);

  /** Objects per answer to a list, so that no answer is large. */
  private static final long PAGE = 200;

  private static final long NEVER_AGAIN = 0;

  private final KubernetesClient client;
  private final String namespace;
  private final KubernetesSerialization serialization;

  ClusterObjects(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.serialization = client.getKubernetesSerialization();
  }

  /** The API server is asked for the resource's name; what it refuses is tried again and again. */
  @Override
  public ObjectWatches.Shown show(ResourceWatch watch, ObjectWatches.Sights sights) {
    SharedIndexInformer<GenericKubernetesResource> informer =
        client
            .genericKubernetesResources(watch.apiVersion(), watch.kind())
            .inNamespace(watch.namespace() == null ? namespace : watch.namespace())
            .withLabels(watch.labels())
            .withFields(watch.fields())
            .withLimit(PAGE)
            .runnableInformer(NEVER_AGAIN);
    Reading reading = new Reading(watch, serialization);
    informer.itemStore(new Trimmed<>(reading::trim));
    informer.addEventHandler(new Handler(reading, sights));
    informer.exceptionHandler(
        (started, e) -> {
          LOG.warn("{} cannot be watched now: {}", watch, e.toString());
          return true;
        });
    CompletionStage<Void> _ = informer.start();
    return new Informed(reading, informer);
  }

  /** A list leaves out what all of its objects have in common. */
  private record Reading(ResourceWatch watch, KubernetesSerialization serialization) {
    WatchedObject read(GenericKubernetesResource object) {
      return WatchedObject.of(tree(object));
    }

    /** What is too large for an event is not kept either. */
    GenericKubernetesResource trim(GenericKubernetesResource object) {
      object.getMetadata().setManagedFields(List.of());
      return read(object).cut()
          ? serialization.convertValue(
              WatchedObject.identity(tree(object)), GenericKubernetesResource.class)
          : object;
    }

    private ObjectNode tree(GenericKubernetesResource object) {
      return ExactNumbers.tree(object, serialization)
          .put("apiVersion", watch.apiVersion())
          .put("kind", watch.kind());
    }
  }

  private record Informed(Reading reading, SharedIndexInformer<GenericKubernetesResource> informer)
      implements ObjectWatches.Shown {
    @Override
    public List<WatchedObject> all() {
      return informer.getStore().list().stream().map(reading::read).toList();
    }

    @Override
    public boolean complete() {
      return informer.hasSynced();
    }

    @Override
    public void close() {
      informer.stop();
    }
  }

  private record Handler(Reading reading, ObjectWatches.Sights sights)
      implements ResourceEventHandler<GenericKubernetesResource> {
    @Override
    public void onAdd(GenericKubernetesResource object) {
      sights.seen(reading.read(object));
    }

    /** Where it was deleted and made anew in a gap, it is another object of the same name. */
    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
      if (!before.getMetadata().getUid().equals(object.getMetadata().getUid())) {
        sights.gone(reading.read(before));
      }
      sights.seen(reading.read(object));
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean lastStateUnknown) {
      sights.gone(reading.read(object));
    }
  }
}
