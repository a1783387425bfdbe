package dev.tiphys.sidecars.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.ResourceWatch.Change;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ToldObjectsTest {
  private final List<String> events = new ArrayList<>();
  private boolean full;
  private final ToldObjects told = telling(EnumSet.allOf(Change.class));

  @Test
  void tellsTheFirstSightOfAnObjectAsAdded() {
    told.seen(Sample.seen("a", "9"));

    assertThat(events).containsExactly("added a 9");
  }

  @Test
  void tellsALaterVersionAsUpdated() {
    told.seen(Sample.seen("a", "9"));
    told.seen(Sample.seen("a", "10"));

    assertThat(events).containsExactly("added a 9", "updated a 10");
  }

  @Test
  void tellsTheSameSightOnce() {
    told.seen(Sample.seen("a", "9"));
    told.seen(Sample.seen("a", "9"));
    told.listed(List.of(Sample.seen("a", "9")));

    assertThat(events).containsExactly("added a 9");
  }

  @Test
  void tellsNothingOfAnOlderVersionThatComesLate() {
    told.seen(Sample.seen("a", "10"));
    told.seen(Sample.seen("a", "9"));

    assertThat(events).containsExactly("added a 10");
  }

  @Test
  void tellsADeletion() {
    told.seen(Sample.seen("a", "9"));
    told.gone(Sample.seen("a", "10"));
    told.gone(Sample.seen("a", "10"));

    assertThat(events).containsExactly("added a 9", "deleted a 10");
  }

  @Test
  void findsWhatAListLacksAndWhatItHasMore() {
    // Given
    told.seen(Sample.seen("a", "1"));
    told.seen(Sample.seen("b", "2"));

    // When
    told.listed(List.of(Sample.seen("b", "5"), Sample.seen("c", "4")));

    // Then
    assertThat(events)
        .containsExactly("added a 1", "added b 2", "updated b 5", "added c 4", "deleted a 1");
  }

  @Test
  void tellsAnObjectOfTheSameNameThatComesLaterAsAnotherOne() {
    told.seen(Sample.seen("a", "1"));
    told.listed(List.of(Sample.seen("z", "7")));

    assertThat(events).containsExactlyInAnyOrder("added a 1", "added z 7", "deleted a 1");
  }

  @Test
  void tellsOnlyTheChangesThatAreAskedFor() {
    // Given
    ToldObjects deletions = telling(EnumSet.of(Change.DELETED));

    // When
    deletions.seen(Sample.seen("a", "1"));
    deletions.seen(Sample.seen("a", "2"));
    deletions.gone(Sample.seen("a", "3"));

    // Then
    assertThat(events).containsExactly("deleted a 3");
  }

  @Test
  void tellsLaterWhatDidNotFit() {
    // Given
    told.seen(Sample.seen("a", "1"));
    full = true;
    told.gone(Sample.seen("a", "2"));
    told.seen(Sample.seen("b", "3"));
    boolean behind = told.behind();

    // When
    full = false;
    told.listed(List.of(Sample.seen("b", "3")));

    // Then
    assertThat(behind).isTrue();
    assertThat(told.behind()).isFalse();
    assertThat(events).containsExactly("added a 1", "added b 3", "deleted a 1");
  }

  private ToldObjects telling(Set<Change> on) {
    return new ToldObjects(
        new ResourceWatch("v1", "ConfigMap", null, new TreeMap<>(), new TreeMap<>(), on),
        (change, object) -> {
          if (!full) {
            events.add(change.word() + " " + object.uid() + " " + object.version());
          }
          return !full;
        });
  }
}
