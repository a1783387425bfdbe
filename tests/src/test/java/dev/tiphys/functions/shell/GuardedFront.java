package dev.tiphys.functions.shell;

import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.authorize.TokenCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The functions behind their real front, with or without the token check. */
public final class GuardedFront implements AutoCloseable {
  private final HttpFront front;

  private GuardedFront(HttpFront front) {
    this.front = front;
  }

  /**
   * On a free port.
   *
   * @param check null: everybody is let in
   */
  public static GuardedFront open(Reactions reactions, @Nullable TokenCheck check)
      throws IOException {
    Functions functions =
        reaction ->
            event -> {
              try {
                return reactions.subscriber(reaction).deliver(event);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            };
    Metrics metrics = new Metrics();
    Gate gate = check == null ? Gate.open(metrics) : Gate.guardedBy(() -> check, metrics);
    return new GuardedFront(
        HttpFront.open(0, CompletableFuture.completedFuture(functions), () -> true, gate, metrics));
  }

  /** Where the functions' paths are. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + front.port());
  }

  @Override
  public void close() {
    front.close();
  }
}
