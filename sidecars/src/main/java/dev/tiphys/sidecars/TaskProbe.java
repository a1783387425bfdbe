package dev.tiphys.sidecars;

import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** What a sidecar may see of its task, all of it from outside. */
public interface TaskProbe {
  /**
   * All of its standard output, for the caller alone. Asked for once by each sidecar that reads it.
   */
  InputStream stdout();

  /** All of its standard error, likewise. */
  InputStream stderr();

  /** The folder that is a volume of its. */
  Path volume(String name);

  /**
   * A socket of this machine that is bound already, for the networkproxy of that name: what the
   * task and the other sidecars were told of. Asked for once; by default any that is free.
   */
  default ServerSocketChannel socket(String sidecar) throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** When it has started; open for a task that has not, or cannot be. */
  CompletableFuture<Started> started();

  /** When it has ended, or could not be started. */
  CompletableFuture<Ended> ended();
}
