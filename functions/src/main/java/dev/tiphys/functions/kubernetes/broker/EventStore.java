package dev.tiphys.functions.kubernetes.broker;

import dev.tiphys.functions.kubernetes.ApiStreams;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The calls of the API server; each throws {@link KubernetesClientException} when it fails. */
final class EventStore {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  /** Objects per answer to a list, so that no answer is large. */
  private static final long PAGE = 200;

  private static final long NEVER_AGAIN = 0;
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final String broker;
  private final NonNamespaceOperation<
          EventObject, KubernetesResourceList<EventObject>, Resource<EventObject>>
      objects;
  private final AtomicLong last = new AtomicLong();

  EventStore(KubernetesClient client, BrokerSettings settings) {
    this.client = client;
    this.broker = settings.broker();
    this.objects = client.resources(EventObject.class).inNamespace(settings.namespace());
  }

  /** The event's object; null: it was stored before. */
  @Nullable EventObject create(CloudEvent event) {
    EventObject object = StoredEvent.of(broker, event, next());
    try {
      return ApiStreams.call(() -> objects.resource(object).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return null;
      }
      throw e;
    }
  }

  /** All there are, in the order of their publication. */
  List<EventObject> list() {
    return objects.withLabel(KubernetesBroker.LABEL, broker).list().getItems().stream()
        .filter(object -> object.getSpec() != null)
        .sorted(Comparator.comparingLong(object -> object.getSpec().published()))
        .toList();
  }

  /** A Trigger is done with it, and maybe all are. */
  void done(String name, String trigger, @Nullable Instant completed) {
    TreeMap<String, Boolean> triggers = new TreeMap<>();
    triggers.put(trigger, true);
    EventStatus status = new EventStatus(triggers, completed == null ? null : completed.toString());
    String patch = "{\"status\":" + Json.write(status) + "}";
    // by its name alone it would be read before
    EventObject named = new EventObject();
    named.setMetadata(new ObjectMetaBuilder().withName(name).build());
    try {
      ApiStreams.call(() -> objects.resource(named).subresource("status").patch(MERGE, patch));
    } catch (KubernetesClientException e) {
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
    }
  }

  /** False if there is no such event. */
  boolean delete(String name) {
    return !ApiStreams.call(() -> objects.withName(name).delete()).isEmpty();
  }

  /** Shows what is there and what comes, also what others store; only names are kept. */
  SharedIndexInformer<EventObject> show(ResourceEventHandler<EventObject> handler) {
    SharedIndexInformer<EventObject> informer =
        objects
            .withLabel(KubernetesBroker.LABEL, broker)
            .withLimit(PAGE)
            .runnableInformer(NEVER_AGAIN);
    informer.itemStore(
        new ReducedStateItemStore<>(
            ReducedStateItemStore.NAME_KEY_STATE,
            EventObject.class,
            client.getKubernetesSerialization()));
    informer.addEventHandler(handler);
    return informer.run();
  }

  private long next() {
    Instant now = Instant.now();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return last.updateAndGet(before -> Math.max(before + 1, nanos));
  }
}
