package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The identity of an instance, as its pod carries it. */
final class IdentityAnnotation {
  private IdentityAnnotation() {}

  static String write(Instance.Identity identity) {
    return Json.write(identity);
  }

  /** Empty if there is none, or one that is not ours: a pod that was copied from one of ours. */
  static Optional<Instance.Identity> read(ObjectMeta metadata) {
    return Optional.ofNullable(metadata.getAnnotations())
        .map(annotations -> annotations.get(Marks.INSTANCE))
        .flatMap(IdentityAnnotation::parse)
        .filter(IdentityAnnotation::complete)
        .filter(identity -> identity.name().equals(metadata.getName()))
        .filter(identity -> identity.run().equals(label(metadata, Marks.RUN)));
  }

  private static String label(ObjectMeta metadata, String name) {
    Map<String, String> labels = metadata.getLabels();
    return labels == null ? "" : labels.getOrDefault(name, "");
  }

  private static Optional<Instance.Identity> parse(String json) {
    try {
      return Optional.ofNullable(Json.read(json, Instance.Identity.class));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** JSON knows nothing of what may be null. */
  private static boolean complete(Instance.Identity identity) {
    return Stream.of(
                identity.name(),
                identity.workflow(),
                identity.run(),
                identity.node(),
                identity.task())
            .allMatch(Objects::nonNull)
        && (identity.cause() == null || complete(identity.cause().key()));
  }

  private static boolean complete(@Nullable EventKey key) {
    return key != null && key.source() != null && key.id() != null;
  }
}
