package dev.tiphys.compiler.model;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's templates, in the file's order and by name; of two with one name the first counts.
 */
public final class Templates implements Iterable<Template> {
  private final List<Template> all;
  private final Map<String, Template> byName = new LinkedHashMap<>();

  public Templates(List<Template> all) {
    this.all = List.copyOf(all);
    all.forEach(template -> byName.putIfAbsent(template.name().value(), template));
  }

  /** The template of that name. */
  public Optional<Template> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All names, in the file's order. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** In the file's order. */
  public Stream<Template> stream() {
    return all.stream();
  }

  /** Containers and scripts, in the file's order. */
  public Stream<Template.Task> tasks() {
    return all.stream().flatMap(t -> t instanceof Template.Task task ? Stream.of(task) : null);
  }

  /** Scopes, in the file's order. */
  public Stream<Template.Steps> scopes() {
    return all.stream().flatMap(t -> t instanceof Template.Steps steps ? Stream.of(steps) : null);
  }

  @Override
  public Iterator<Template> iterator() {
    return all.iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Templates templates && templates.all.equals(all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }
}
