package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.stdout.LineBuffer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the lines of a task together from the bytes of its log files. */
final class CriLines {
  private static final Logger LOG = LoggerFactory.getLogger(CriLines.class);

  /** Bytes of a record that are kept; the runtime cuts lines at 16 KiB. */
  private static final int MAX_RECORD_BYTES = 1 << 20;

  private final Map<Output, LineBuffer> lines = new EnumMap<>(Output.class);
  private final ByteArrayOutputStream carried = new ByteArrayOutputStream();
  private final LineSink sink;
  private final int maxLine;

  /** Bytes of a record that has not come whole, with those that are not kept. */
  private long begun;

  /** The place after the last whole record. */
  private Place now;

  /** The last place at which no line was begun and not ended. */
  private Place resume;

  /** When the last whole record was written; in the end of a file before, when that was begun. */
  private String lastTime;

  /**
   * @param from where the bytes begin
   * @param maxLine how many bytes of a line are kept
   */
  CriLines(Place from, int maxLine, LineSink sink) {
    this.now = from;
    this.resume = from;
    this.lastTime = from.file();
    this.maxLine = maxLine;
    this.sink = sink;
  }

  /** The file that is being read; empty while nothing of it has come. */
  String file() {
    return now.file();
  }

  /** Takes the next bytes of the file. */
  void read(byte[] bytes, int length) throws InterruptedException {
    int start = 0;
    for (int at = 0; at < length; at++) {
      if (bytes[at] == '\n') {
        record(bytes, start, at);
        start = at + 1;
      }
    }
    carry(bytes, start, length);
  }

  /** Says that the next bytes are the first of another file. */
  void nextFile() {
    carried.reset();
    begun = 0;
    now = now.at("", 0);
  }

  /**
   * Says that records lack between what was read and what comes next: what was begun is a line.
   *
   * @param before when the next record was written; null if none comes
   */
  void gap(@Nullable Instant before) throws InterruptedException {
    end();
    sink.gap(new Gap(LogFile.instant(lastTime).orElse(null), before), resume);
  }

  /** Says that nothing more comes: what has no line end is a line all the same. */
  void end() throws InterruptedException {
    for (Map.Entry<Output, LineBuffer> line : lines.entrySet()) {
      if (!line.getValue().isEmpty()) {
        now = now.plus(line.getKey());
        sink.line(line.getKey(), line.getValue().cut(), now.lines(line.getKey()), resume);
      }
    }
  }

  private void carry(byte[] bytes, int start, int end) {
    carried.write(bytes, start, Math.min(end - start, MAX_RECORD_BYTES - carried.size()));
    begun += end - start;
  }

  private void record(byte[] bytes, int start, int end) throws InterruptedException {
    if (begun == 0) {
      whole(bytes, start, end, end - start + 1L);
    } else {
      carry(bytes, start, end);
      byte[] record = carried.toByteArray();
      long size = begun + 1;
      carried.reset();
      begun = 0;
      whole(record, 0, record.length, size);
    }
  }

  private void whole(byte[] bytes, int start, int end, long size) throws InterruptedException {
    Optional<CriRecord> parsed = CriRecord.parse(bytes, start, end);
    String file = now.file();
    if (file.isEmpty()) {
      file = parsed.map(CriRecord::time).orElse("");
    }
    now = now.at(file, now.offset() + size);
    if (parsed.isEmpty()) {
      LOG.warn("left out {} bytes of {} that are no record", size, file);
      return;
    }
    CriRecord record = parsed.get();
    lastTime = record.time();
    LineBuffer line = lines.computeIfAbsent(record.output(), o -> new LineBuffer(maxLine));
    line.append(bytes, record.content(), end);
    if (!record.partial()) {
      now = now.plus(record.output());
      settle(record.output());
      sink.line(record.output(), line.end(), now.lines(record.output()), resume);
    }
  }

  private void settle(Output ended) {
    boolean settled =
        lines.entrySet().stream()
            .allMatch(line -> line.getKey() == ended || line.getValue().isEmpty());
    if (settled) {
      resume = now;
    }
  }
}
