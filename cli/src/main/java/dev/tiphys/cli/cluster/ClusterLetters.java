package dev.tiphys.cli.cluster;

import dev.tiphys.functions.deadletter.LetterPart;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.RunPartSpec;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Dead letters of a namespace: RunParts, which the functions write as well. */
record ClusterLetters(Cluster cluster) implements LetterStore {
  /** Tries to write a part that the functions write at the same time. */
  private static final int TRIES = 5;

  @Override
  public List<Kept> parts() {
    return objects().stream().map(ClusterLetters::kept).toList();
  }

  private static Kept kept(RunPart object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return new Kept(
        labels.getOrDefault(Marks.RUN, ""), labels.getOrDefault(Marks.WORKFLOW, ""), part(object));
  }

  private static LetterPart part(RunPart object) {
    return LetterPart.read(object.getSpec().data());
  }

  private List<RunPart> objects() {
    return resources().withLabel(Marks.PURPOSE, LetterPart.PURPOSE).list().getItems();
  }

  private NonNamespaceOperation<RunPart, KubernetesResourceList<RunPart>, Resource<RunPart>>
      resources() {
    return cluster.client().resources(RunPart.class).inNamespace(cluster.namespace());
  }

  @Override
  public void remove(Set<String> names) throws IOException {
    for (RunPart object : objects()) {
      if (!Collections.disjoint(part(object).letters().keySet(), names)) {
        remove(names, object);
      }
    }
  }

  private void remove(Set<String> names, RunPart read) throws IOException {
    RunPart object = read;
    for (int attempt = 0; attempt < TRIES && object != null; attempt++) {
      RunPartSpec spec = object.getSpec();
      object.setSpec(
          new RunPartSpec(spec.purpose(), spec.shard(), part(object).without(names).text()));
      try {
        resources().resource(object).update();
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
        object = resources().withName(object.getMetadata().getName()).get();
      }
    }
    if (object != null) {
      throw new IOException(
          object.getMetadata().getName() + " is written by too many at once; it keeps them");
    }
  }
}
