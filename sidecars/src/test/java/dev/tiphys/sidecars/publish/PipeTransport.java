package dev.tiphys.sidecars.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.triggers.event.Position;
import io.cloudevents.CloudEvent;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** From a {@link Life} to its parent, by standard output and input. */
public final class PipeTransport implements Transport {
  private static final int ACCEPTED = 202;

  private final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));

  @Override
  public int post(CloudEvent event) throws IOException {
    out.writeLong(Position.of(event).orElseThrow().sequence());
    out.writeUTF(event.getData() == null ? "" : new String(event.getData().toBytes(), UTF_8));
    out.flush();
    if (System.in.read() < 0) {
      throw new IOException("the parent is gone");
    }
    return ACCEPTED;
  }
}
