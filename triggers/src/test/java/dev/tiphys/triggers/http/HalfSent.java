package dev.tiphys.triggers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A client that opens connections, and sends of each request's body the first byte alone. */
final class HalfSent implements AutoCloseable {
  /** What is left to send of a body, in bytes. */
  static final int REST = 99;

  private static final String CONTINUE = "HTTP/1.1 100 Continue";

  private final InetSocketAddress address;
  private final List<Socket> sockets = new ArrayList<>();

  HalfSent(InetSocketAddress address) {
    this.address = address;
  }

  /** Returns when the server has read the headers, and waits for the body. */
  Socket sendHeadersAndOneByte() throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    sockets.add(socket);
    String headers =
        """
        POST / HTTP/1.1
        Host: 127.0.0.1:%d
        Expect: 100-continue
        Content-Length: %d

        """
            .formatted(address.getPort(), REST + 1);
    socket.getOutputStream().write((headers.replace("\n", "\r\n") + "{").getBytes(US_ASCII));
    String answer = statusLine(socket);
    if (!answer.equals(CONTINUE)) {
      throw new IOException("not asked for the body, but: " + answer);
    }
    return socket;
  }

  /** The next answer's first line; after 100 the whole answer is read. */
  static String statusLine(Socket socket) throws IOException {
    String line = line(socket.getInputStream());
    if (line.startsWith(CONTINUE)) {
      while (!line(socket.getInputStream()).isEmpty()) {
        // its headers
      }
    }
    return line;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = in.read();
    }
    return line.toString().strip();
  }

  /** Waits until the server has closed the connection, or for the socket's time. */
  static boolean isCutOff(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
