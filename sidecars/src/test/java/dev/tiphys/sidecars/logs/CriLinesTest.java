package dev.tiphys.sidecars.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CriLinesTest {
  private static final String T0 = "2026-01-02T03:04:05.000000000Z";
  private static final String T1 = "2026-01-02T03:04:06.000000000Z";
  private static final int MAX_LINE = 20;

  private final List<String> lines = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();

  @Test
  void putsPartsOfALineTogetherThoughTheOtherOutputComesBetween() throws Exception {
    // Given
    CriLines log = from(Place.START);
    // When
    read(log, record("stdout P he"), record("stderr F oops"), record("stdout F ads"));
    // Then
    assertThat(lines).containsExactly("STDERR 1 oops", "STDOUT 1 heads");
  }

  @Test
  void cutsALineAtItsBoundWhateverTheRuntimeCutItInto() throws Exception {
    // Given
    CriLines log = from(Place.START);
    // When
    read(log, record("stdout P " + "x".repeat(15)), record("stdout F " + "y".repeat(15)));
    // Then
    assertThat(lines).containsExactly("STDOUT 1 " + "x".repeat(15) + "y".repeat(5) + "...");
  }

  @Test
  void anEmptyLineIsALine() throws Exception {
    // Given
    CriLines log = from(Place.START);
    // When
    read(log, record("stdout F "), record("stdout F\n" + T1 + " stdout F tails"));
    // Then
    assertThat(lines).containsExactly("STDOUT 1 ", "STDOUT 2 ", "STDOUT 3 tails");
  }

  @Test
  void doesNotResumeInTheMiddleOfALine() throws Exception {
    // Given
    CriLines log = from(Place.START);
    String begun = record("stdout P he");
    // When
    read(log, begun, record("stderr F oops"));
    // Then
    assertThat(places).containsExactly(Place.START);
  }

  @Test
  void leavesOutWhatIsNoRecordAndGoesOn() throws Exception {
    // Given
    CriLines log = from(Place.START);
    // When
    read(
        log,
        "\u0000\u0000\n",
        record("stdin F x"),
        " stdout F no time\n",
        record("stdout F heads"));
    // Then
    assertThat(lines).containsExactly("STDOUT 1 heads");
  }

  @Test
  void aLineWithoutAnEndIsHandedOnAtTheEnd() throws Exception {
    // Given
    CriLines log = from(Place.START);
    read(log, record("stdout P tai"));
    // When
    log.end();
    // Then
    assertThat(lines).containsExactly("STDOUT 1 tai");
  }

  @Test
  void aLineThatAGapCutsIsHandedOnBeforeIt() throws Exception {
    // Given
    CriLines log = from(Place.START);
    read(log, record("stdout P tai"));
    // When
    log.gap(Instant.parse(T1));
    log.nextFile();
    read(log, T1 + " stdout F heads\n");
    // Then
    assertThat(lines).containsExactly("STDOUT 1 tai", "STDOUT 2 heads");
    assertThat(gaps).containsExactly(new Gap(Instant.parse(T0), Instant.parse(T1)));
  }

  @Property
  void resumingAnywhereGivesTheSameLinesTheSameNumbers(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 3) Integer> kinds,
      @ForAll @IntRange(max = 29) int at)
      throws Exception {
    // Given
    lines.clear();
    places.clear();
    byte[] file = file(kinds);
    CriLines whole = from(Place.START);
    whole.read(file, file.length);
    whole.end();
    List<String> all = List.copyOf(lines);
    Place resume = places.isEmpty() ? Place.START : places.get(at % places.size());
    lines.clear();
    places.clear();
    // When
    CriLines rest = from(resume);
    byte[] tail = Arrays.copyOfRange(file, (int) resume.offset(), file.length);
    for (byte single : tail) {
      rest.read(new byte[] {single}, 1);
    }
    rest.end();
    // Then
    long skipped = resume.stdout() + resume.stderr();
    assertThat(lines).isEqualTo(all.subList((int) skipped, all.size()));
  }

  private static byte[] file(List<Integer> kinds) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < kinds.size(); i++) {
      String head = List.of("stdout F ", "stdout P ", "stderr F ", "stderr P ").get(kinds.get(i));
      text.append(record(head + i));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private CriLines from(Place place) {
    return new CriLines(
        place,
        MAX_LINE,
        new Collected(
            (output, line, number, resume) -> {
              lines.add(
                  output + " " + number + " " + line.content() + (line.truncated() ? "..." : ""));
              places.add(resume);
            },
            gaps));
  }

  private static String record(String rest) {
    return T0 + " " + rest + "\n";
  }

  private static void read(CriLines log, String... records) throws InterruptedException {
    byte[] bytes = String.join("", records).getBytes(StandardCharsets.UTF_8);
    log.read(bytes, bytes.length);
  }
}
