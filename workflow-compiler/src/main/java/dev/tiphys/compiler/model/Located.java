package dev.tiphys.compiler.model;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value and where it stands. The place is no part of equality, so models compare by meaning. */
public record Located<T>(T value, SourceSpan at) {
  /** Another value of the same place. */
  public <R> Located<R> map(Function<? super T, ? extends R> change) {
    return new Located<>(change.apply(value), at);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Located<?> located && located.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
