package dev.tiphys.sidecars.file;

import java.io.IOException;

/** Sees where files may have changed. */
interface Source {
  /** Looks on, until {@link #end} and then once more. */
  void run() throws IOException, InterruptedException;

  /** Says that nothing will change any more. */
  void end();
}
