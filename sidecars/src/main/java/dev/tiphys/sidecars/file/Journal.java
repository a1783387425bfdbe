package dev.tiphys.sidecars.file;

import java.io.IOException;
import java.util.List;

/**
 * What a life of the sidecar leaves to the next: what it has told of each file, and the events that
 * may not have been taken. An event is in it before it is published, so the next life publishes it
 * again as it was, with its number.
 */
interface Journal {
  /** Of a sidecar that has one life. */
  Journal NONE =
      new Journal() {
        @Override
        public void add(Decision.Settled settled, List<byte[]> events) {
          // nobody will ask
        }

        @Override
        public List<byte[]> pending() {
          return List.of();
        }
      };

  /** Adds what is going to be told, and the data of the events that tell it. */
  void add(Decision.Settled settled, List<byte[]> events) throws IOException;

  /** Data of the events of the life before that may not have been taken, in their order. */
  List<byte[]> pending();
}
