package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.EventSidecar;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads an event sidecar; its image's base name says which one it is. */
final class SidecarReader {
  private static final Pattern TAG_OR_DIGEST = Pattern.compile("(:[^/]*)?(@.*)?$");

  private static final Set<String> STANDARD =
      Set.of("stdoutwatcher", "filewatcher", "lifecyclewatcher", "networkproxy");

  private final Reading reading;

  SidecarReader(Reading reading) {
    this.reading = reading;
  }

  /** Empty if it makes no sense, which has been reported. */
  Optional<Sidecar> read(Fields fields) {
    Optional<Located<String>> name = fields.requiredText("name");
    Optional<Located<String>> image = fields.requiredText("image");
    Optional<SidecarKind> kind = image.flatMap(this::kind);
    if (name.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    Optional<Yaml> given = fields.get("parameters");
    Yaml.Mapping parameters =
        given
            .map(node -> SidecarParameters.read(node, reading))
            .orElse(new Yaml.Mapping(List.of(), fields.at(), 1));
    CustomReader custom = new CustomReader(reading, fields, parameters);
    if (kind.get() == SidecarKind.CUSTOM) {
      custom.refuseNamespace();
    } else {
      checkNames(parameters, kind.get().shape());
      custom.refuseContainer(kind.get().shape().what());
    }
    return sidecar(name.get(), image.orElseThrow(), kind.get(), parameters, custom);
  }

  private Optional<SidecarKind> kind(Located<String> image) {
    String path = TAG_OR_DIGEST.matcher(image.value()).replaceFirst("");
    String baseName = path.substring(path.lastIndexOf('/') + 1);
    return switch (baseName) {
      case "stdoutwatcher" -> Optional.of(SidecarKind.STDOUTWATCHER);
      case "lifecyclewatcher" -> Optional.of(SidecarKind.LIFECYCLEWATCHER);
      case "filewatcher" -> Optional.of(SidecarKind.FILEWATCHER);
      case "networkproxy" -> Optional.of(SidecarKind.NETWORKPROXY);
      default ->
          path.equals("tiphys/" + baseName) || path.equals("argo/" + baseName)
              ? unknown(image, baseName)
              : Optional.of(SidecarKind.CUSTOM);
    };
  }

  /** A slip of the pen is not to become a sidecar of the user's own. */
  private Optional<SidecarKind> unknown(Located<String> image, String baseName) {
    reading
        .found()
        .report(
            Code.UNKNOWN_VALUE,
            image.at(),
            "there is no sidecar `" + image + "`",
            Spelling.didYouMean(
                baseName, STANDARD, "an image of your own stands in another folder than Tiphys's"));
    return Optional.empty();
  }

  private void checkNames(Yaml.Mapping parameters, Shape kind) {
    for (Yaml.Entry entry : parameters.entries()) {
      String name = entry.key().text();
      if (kind.refused().contains(name)) {
        reading
            .found()
            .report(
                Code.UNSUPPORTED_FIELD,
                entry.key().at(),
                "the parameter `" + name + "` of " + kind.what() + " is not supported yet",
                "remove it");
      } else if (!kind.supported().contains(name)) {
        reading
            .found()
            .report(
                Code.UNKNOWN_SIDECAR_PARAMETER,
                entry.key().at(),
                kind.what() + " has no parameter `" + name + "`",
                Spelling.didYouMean(
                    name,
                    kind.supported(),
                    "it can have: "
                        + String.join(", ", kind.supported().stream().sorted().toList())));
      }
    }
  }

  private Optional<Sidecar> sidecar(
      Located<String> name,
      Located<String> image,
      SidecarKind kind,
      Yaml.Mapping mapping,
      CustomReader custom) {
    Fields parameters =
        new Fields(
            mapping, Shape.any(kind.shape().what(), mapping), reading.values(), reading.found());
    Optional<Located<String>> type =
        parameters.text("name").map(new AttributesReader(reading)::type);
    if (parameters.get("name").isEmpty()) {
      parameters.missing("name", "add the parameter `name`, the type of its events");
    }
    EventSidecar.Common common =
        common(name.value(), image.value(), type.map(Located::value).orElse(""), parameters);
    return type.flatMap(
        t -> watcher(kind, parameters, common, custom).map(w -> new Sidecar(name, image, t, w)));
  }

  /** Reads {@code labels} and {@code sink}. */
  EventSidecar.Common common(String name, String image, String type, Fields parameters) {
    SortedMap<String, String> labels =
        parameters
            .get("labels")
            .map(node -> new AttributesReader(reading).labels(node))
            .orElse(new TreeMap<>());
    Optional<URI> sink = parameters.text("sink").flatMap(this::sink);
    return new EventSidecar.Common(name, image, type, labels, sink.orElse(null));
  }

  private Optional<EventSidecar> watcher(
      SidecarKind kind, Fields parameters, EventSidecar.Common common, CustomReader custom) {
    return switch (kind) {
      case STDOUTWATCHER -> Optional.of(new StdoutReader(reading).read(parameters, common));
      case FILEWATCHER -> new FileReader(reading).read(parameters, common);
      case NETWORKPROXY -> new ProxyReader(reading).read(parameters, common);
      case LIFECYCLEWATCHER ->
          new LifecycleReader(reading)
              .read(parameters)
              .map(moments -> new EventSidecar.LifecycleWatcher(common, moments));
      case CUSTOM -> Optional.of(custom.read(common));
    };
  }

  private Optional<URI> sink(Located<String> address) {
    try {
      URI uri = new URI(address.value());
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // reported below
    }
    reading
        .found()
        .report(
            Code.INVALID_SINK,
            address.at(),
            "`" + address + "` is not an address to publish to",
            "write an absolute http or https URL, or leave `sink` out for the run's broker");
    return Optional.empty();
  }
}
