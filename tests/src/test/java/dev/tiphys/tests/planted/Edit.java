package dev.tiphys.tests.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A change of a source file.
 *
 * @param file the source, from the project's folder
 * @param right a piece of it that is there once
 * @param wrong what stands there instead
 */
public record Edit(Path file, String right, String wrong) {
  /** The edit of an entry of a list. */
  public static Edit of(Map<?, ?> entry) {
    return new Edit(Path.of(text(entry, "file")), text(entry, "right"), text(entry, "wrong"));
  }

  /** The entries of a list, which is a YAML file beside the tests' classes. */
  public static List<Map<?, ?>> list(String resource) {
    List<Map<?, ?>> entries = new ArrayList<>();
    try (InputStream list = Objects.requireNonNull(Edit.class.getResourceAsStream(resource))) {
      Object all = new Load(LoadSettings.builder().build()).loadFromInputStream(list);
      ((Iterable<?>) all).forEach(entry -> entries.add((Map<?, ?>) entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  /** A field that the entry has to have. */
  public static String text(Map<?, ?> entry, String field) {
    return Objects.requireNonNull(entry.get(field), field).toString().stripTrailing();
  }

  /**
   * The source with the change.
   *
   * @throws IllegalStateException if there is not one place for it
   */
  public String in(String source) {
    int at = source.indexOf(right);
    if (at < 0 || source.indexOf(right, at + 1) >= 0) {
      throw new IllegalStateException("not there once in " + file + ": " + right);
    }
    return source.replace(right, wrong);
  }
}
