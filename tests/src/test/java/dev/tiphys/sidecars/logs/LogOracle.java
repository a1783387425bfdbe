package dev.tiphys.sidecars.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.sidecars.stdout.Line;
import dev.tiphys.sidecars.stdout.LineReader;
import dev.tiphys.sidecars.stdout.LineRule;
import dev.tiphys.tests.fuzz.Expect;
import dev.tiphys.tests.fuzz.Oracle;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar.Format;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first byte says into which chunks the rest is cut, the second how long a line may be, and a
 * form feed begins another file. In this package, since nobody else reads such files. The lines are
 * those that a reader finds who has all of the text at once, whatever the chunks, and from every
 * place at which reading may begin again the rest is the same.
 */
public final class LogOracle implements Oracle {
  private static final byte NEXT_FILE = '\f';
  private static final Pattern RECORD =
      Pattern.compile(
          "(?<time>[^ ]+) (?<output>stdout|stderr) (?<tags>[^ ]+)(?: (?<content>.*))?",
          Pattern.DOTALL);
  private static final int MAX_RESUMES = 8;
  private static final LineRule OBJECTS = LineRule.of(new Lines(null, Format.JSON, Lines.MAX_LINE));

  /** A line that was handed on, and where reading may begin again. */
  private record Told(Output output, Line line, long number, Place resume) {
    String text() {
      return "%s %d %s %s".formatted(output, number, line.truncated(), line.content());
    }
  }

  @Override
  public void check(byte[] input) throws Exception {
    if (input.length < 2) {
      return;
    }
    int chunk = 1 + (input[0] & 0x3F);
    int maxLine = 1 + (input[1] & 0x3F);
    List<byte[]> files = files(input);
    List<Told> whole = read(files, Place.START, Integer.MAX_VALUE, maxLine);
    List<String> texts = whole.stream().map(Told::text).toList();
    Expect.same(naive(files, maxLine), texts, "the lines");
    List<Told> inChunks = read(files, Place.START, chunk, maxLine);
    Expect.same(whole, inChunks, "the lines and places in chunks of " + chunk);
    resumed(files, whole, chunk, maxLine);
    bare(files.getFirst(), chunk, maxLine);
    for (Told told : whole) {
      event(told);
    }
  }

  private static List<byte[]> files(byte[] input) {
    List<byte[]> files = new ArrayList<>();
    int start = 2;
    for (int at = 2; at < input.length; at++) {
      if (input[at] == NEXT_FILE) {
        files.add(Arrays.copyOfRange(input, start, at));
        start = at + 1;
      }
    }
    files.add(Arrays.copyOfRange(input, start, input.length));
    return files;
  }

  private static List<Told> read(List<byte[]> files, Place from, int chunk, int maxLine)
      throws InterruptedException {
    List<Told> told = new ArrayList<>();
    CriLines lines =
        new CriLines(
            from,
            maxLine,
            new LineSink() {
              @Override
              public void line(Output output, Line line, long number, Place resume) {
                told.add(new Told(output, line, number, resume));
              }

              @Override
              public void gap(Gap gap, Place resume) {
                throw new AssertionError("nobody said that there is a gap");
              }
            });
    for (int file = 0; file < files.size(); file++) {
      if (file > 0) {
        lines.nextFile();
      }
      byte[] bytes = files.get(file);
      for (int at = 0; at < bytes.length; ) {
        byte[] piece = Arrays.copyOfRange(bytes, at, at + Math.min(chunk, bytes.length - at));
        lines.read(piece, piece.length);
        at += piece.length;
      }
    }
    lines.end();
    return told;
  }

  private static void resumed(List<byte[]> files, List<Told> whole, int chunk, int maxLine)
      throws InterruptedException {
    Map<String, Integer> names = names(files);
    int step = 1 + whole.size() / MAX_RESUMES;
    for (int i = 0; i < whole.size(); i += step) {
      Place place = whole.get(i).resume();
      Integer file = place.equals(Place.START) ? Integer.valueOf(0) : names.get(place.file());
      if (file == null) {
        continue;
      }
      List<byte[]> rest = new ArrayList<>(files.subList(file, files.size()));
      byte[] first = rest.getFirst();
      rest.set(0, Arrays.copyOfRange(first, Math.toIntExact(place.offset()), first.length));
      // the lines that were told when the place was reached, in whatever order they ended
      List<String> expected =
          whole.stream()
              .filter(told -> told.number() > place.lines(told.output()))
              .map(Told::text)
              .toList();
      List<String> actual = read(rest, place, chunk, maxLine).stream().map(Told::text).toList();
      Expect.same(expected, actual, "the lines from " + place);
    }
  }

  /** Files by the time of their first record; none for a time that two of them have. */
  private static Map<String, Integer> names(List<byte[]> files) {
    Map<String, Integer> names = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (int file = 0; file < files.size(); file++) {
      for (String line : records(files.get(file))) {
        Matcher record = RECORD.matcher(line);
        if (record.matches()) {
          String time = new String(record.group("time").getBytes(ISO_8859_1), US_ASCII);
          if (names.put(time, file) != null) {
            twice.add(time);
          }
          break;
        }
      }
    }
    names.keySet().removeAll(twice);
    return names;
  }

  /** What ends with a line feed. */
  private static List<String> records(byte[] file) {
    List<String> records = new ArrayList<>(List.of(new String(file, ISO_8859_1).split("\n", -1)));
    records.removeLast();
    return records;
  }

  private static List<String> naive(List<byte[]> files, int maxLine) {
    List<String> lines = new ArrayList<>();
    Map<Output, StringBuilder> begun = new EnumMap<>(Output.class);
    Map<Output, Integer> numbers = new EnumMap<>(Output.class);
    for (byte[] file : files) {
      for (String text : records(file)) {
        Matcher record = RECORD.matcher(text);
        if (!record.matches()) {
          continue;
        }
        Output output = record.group("output").equals("stdout") ? Output.STDOUT : Output.STDERR;
        String content = record.group("content");
        begun
            .computeIfAbsent(output, it -> new StringBuilder())
            .append(content == null ? "" : content);
        if (record.group("tags").charAt(0) != 'P') {
          String line = begun.remove(output).toString();
          lines.add(told(output, numbers, withoutCarriageReturn(line), maxLine));
        }
      }
    }
    begun.forEach(
        (output, line) -> {
          if (!line.isEmpty()) {
            lines.add(told(output, numbers, line.toString(), maxLine));
          }
        });
    return lines;
  }

  private static String told(
      Output output, Map<Output, Integer> numbers, String line, int maxLine) {
    int number = numbers.merge(output, 1, Integer::sum);
    Line cut = cut(line, maxLine);
    return "%s %d %s %s".formatted(output, number, cut.truncated(), cut.content());
  }

  private static String withoutCarriageReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** The line as far as it may be long, without a character that the cut would halve. */
  private static Line cut(String line, int maxLine) {
    byte[] bytes = line.getBytes(ISO_8859_1);
    if (bytes.length <= maxLine) {
      return new Line(new String(bytes, UTF_8), false);
    }
    int end = maxLine;
    int start = maxLine - 1;
    while (start > 0 && start > maxLine - 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    int head = bytes[start] & 0xFF;
    int wanted = head >= 0xF8 || head < 0xC0 ? 1 : head >= 0xF0 ? 4 : head >= 0xE0 ? 3 : 2;
    if (start + wanted > maxLine) {
      end = start;
    }
    return new Line(new String(bytes, 0, end, UTF_8), true);
  }

  /** Output that comes without the runtime's heads, as it does locally. */
  private static void bare(byte[] output, int chunk, int maxLine) throws IOException {
    LineReader reader =
        new LineReader(
            new ByteArrayInputStream(output) {
              @Override
              public synchronized int read(byte[] target, int offset, int wanted) {
                return super.read(target, offset, Math.min(wanted, chunk));
              }
            },
            maxLine);
    List<Line> lines = new ArrayList<>();
    for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
      lines.add(line.get());
    }
    List<String> texts = new ArrayList<>(List.of(new String(output, ISO_8859_1).split("\n", -1)));
    String last = texts.removeLast();
    List<Line> expected = new ArrayList<>();
    texts.forEach(text -> expected.add(cut(withoutCarriageReturn(text), maxLine)));
    if (!last.isEmpty()) {
      expected.add(cut(last, maxLine));
    }
    Expect.same(expected, lines, "the lines of bare output");
  }

  /** A JSON object is the data itself, anything else is told as text. */
  private static void event(Told told) throws IOException {
    byte[] data =
        OBJECTS
            .emission(told.line(), told.output().text(), told.number())
            .orElseThrow()
            .data()
            .toBytes();
    byte[] content = told.line().content().getBytes(UTF_8);
    JsonNode object = told.line().truncated() ? null : objectIn(content);
    if (object != null) {
      Expect.that(Arrays.equals(content, data), () -> "byte for byte: " + told);
    } else {
      JsonNode written = Json.parse(data);
      Expect.same(
          new String(content, UTF_8), written.path("content").asText(), "the content of " + told);
      Expect.same(told.number(), written.path("line").asLong(), "the line of " + told);
    }
  }

  private static @Nullable JsonNode objectIn(byte[] content) {
    try {
      JsonNode node = Json.parse(content);
      return node.isObject() ? node : null;
    } catch (IOException e) {
      return null;
    }
  }
}
