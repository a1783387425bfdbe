package dev.tiphys.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.delivery.Entry;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private static final long FIRST = 7;

  private final PartitionProgress progress =
      new PartitionProgress(new KafkaSettings.Room(2, 1_000));

  @Property(tries = 200)
  void neverPassesOverWhatHasNotEnded(
      @ForAll @IntRange(min = 1, max = 50) int count, @ForAll long seed) {
    // Given
    Random random = new Random(seed);
    PartitionProgress any = new PartitionProgress(KafkaSettings.Room.DEFAULT);
    Map<Long, Entry.Sender> senders = new HashMap<>();
    for (long offset = FIRST; offset < FIRST + count; offset++) {
      if (random.nextInt(3) == 0) {
        any.pass(offset);
      } else {
        senders.put(offset, any.read(offset, 1));
      }
    }
    List<Long> order = senders.keySet().stream().sorted().collect(Collectors.toList());
    Collections.shuffle(order, random);
    TreeSet<Long> open = new TreeSet<>(order);

    for (long offset : order) {
      // When
      end(Objects.requireNonNull(senders.get(offset)));
      open.remove(offset);

      // Then
      assertThat(any.position()).isEqualTo(open.isEmpty() ? FIRST + count : open.first());
    }
  }

  @Test
  void isBehindByWhatIsUnreadAndByWhatHasNotEnded() {
    // Given
    Entry.Sender first = progress.read(FIRST, 1);
    progress.pass(FIRST + 1);

    // When
    long before = progress.behind(FIRST + 5);
    end(first);

    // Then
    assertThat(before).isEqualTo(4);
    assertThat(progress.behind(FIRST + 5)).isEqualTo(3);
    assertThat(progress.behind(FIRST + 2)).isZero();
  }

  @Test
  void isFullOfEvents() {
    // Given
    Entry.Sender first = progress.read(FIRST, 1);
    progress.read(FIRST + 1, 1);
    assertThat(progress.full()).isTrue();

    // When
    end(first);

    // Then
    assertThat(progress.full()).isFalse();
  }

  @Test
  void isFullOfBytes() {
    // When
    progress.read(FIRST, 1_000);

    // Then
    assertThat(progress.full()).isTrue();
  }

  @Test
  void beginsNothingOnceItIsRevoked() throws Exception {
    // Given
    List<Entry.Sender> senders =
        LongStream.range(FIRST, FIRST + 3).mapToObj(offset -> progress.read(offset, 1)).toList();
    end(senders.getFirst());

    // When
    progress.revoke(Duration.ofMinutes(1));

    // Then
    assertThat(senders.get(1).begin()).isFalse();
    assertThat(progress.position()).isEqualTo(FIRST + 1);
  }

  private static void end(Entry.Sender sender) {
    assertThat(sender.begin()).isTrue();
    sender.ended();
  }
}
