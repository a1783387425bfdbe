package dev.tiphys.triggers.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class ResourceNameTest {
  private static final String LABEL = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";

  @Example
  void aNameThatFitsStaysAsItIs() {
    assertThat(ResourceName.of("coinflip-start")).isEqualTo("coinflip-start");
  }

  @Example
  void aNameThatIsTooLongIsCutAndKeepsAHashOfTheWhole() {
    assertThat(ResourceName.of("a".repeat(64))).isEqualTo("a".repeat(54) + "-ffe054fe");
  }

  @Property
  void everyNameIsOneThatALabelTakes(@ForAll String wanted) {
    assertThat(ResourceName.of(wanted)).matches(LABEL);
  }

  @Property
  void differentNamesStayDifferent(
      @ForAll @Size(2) @UniqueElements List<@From("longNames") String> wanted) {
    assertThat(wanted.stream().map(ResourceName::of)).doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<String> longNames() {
    return Arbitraries.strings().withChars("abz09-").ofMinLength(50).ofMaxLength(300);
  }
}
