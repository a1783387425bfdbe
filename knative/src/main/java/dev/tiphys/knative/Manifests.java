package dev.tiphys.knative;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes objects as YAML: the same objects give the same bytes. */
public final class Manifests {
  private static final ObjectWriter YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .stringQuotingChecker(new PlainWhereSafe())
                  .enable(Feature.MINIMIZE_QUOTES)
                  .disable(Feature.SPLIT_LINES)
                  .build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build()
          .writer();

  private Manifests() {}

  /** One document per object, each begun by {@code ---}. */
  public static String toYaml(List<? extends HasMetadata> objects) {
    return objects.stream().map(Manifests::toYaml).collect(Collectors.joining());
  }

  /** One document. */
  static String toYaml(HasMetadata object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves away quotes only where YAML 1.1 and 1.2 and every reader see the same string. */
  private static final class PlainWhereSafe extends StringQuotingChecker.Default {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z/]([A-Za-z0-9./_:-]*[A-Za-z0-9])?");

    @Override
    public boolean needToQuoteValue(String value) {
      return !SAFE.matcher(value).matches() || super.needToQuoteValue(value);
    }
  }
}
