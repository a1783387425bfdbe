package dev.tiphys.cli.options;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The constants of an enum by their names in lower case, with dashes. */
abstract class LowerCase<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
  private final List<E> constants;

  LowerCase(Class<E> type) {
    this.constants = Arrays.asList(type.getEnumConstants());
  }

  @Override
  public E convert(String name) {
    return constants.stream()
        .filter(constant -> name(constant).equals(name))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("expected " + String.join(" or ", this)));
  }

  @Override
  public Iterator<String> iterator() {
    return constants.stream().map(this::name).iterator();
  }

  private String name(E constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
