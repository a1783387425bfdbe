package dev.tiphys.triggers.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for a program that has to be told one. */
public final class FreePort {
  /** Below the ports that Linux gives to whoever connects or binds to port 0, which would race. */
  private static final int FIRST = 20_000;

  private static final int COUNT = 12_000;

  private FreePort() {}

  /** One on which nobody listens. */
  public static int find() {
    int port;
    do {
      port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
    } while (!isFree(port));
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket free = new ServerSocket(port)) {
      return free.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
