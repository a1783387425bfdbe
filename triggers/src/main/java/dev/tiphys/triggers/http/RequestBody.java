package dev.tiphys.triggers.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, which tells once when all of it has been read. */
final class RequestBody extends FilterInputStream {
  /** Hears of the end. */
  @FunctionalInterface
  interface AtEnd {
    /**
     * All has been read.
     *
     * @throws IOException if the request is not to be answered
     */
    void reached() throws IOException;
  }

  private final AtEnd end;
  private boolean ended;

  RequestBody(InputStream in, AtEnd end) {
    super(in);
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    return ended(in.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return ended(in.read(bytes, offset, length));
  }

  private int ended(int read) throws IOException {
    if (read < 0 && !ended) {
      ended = true;
      end.reached();
    }
    return read;
  }
}
