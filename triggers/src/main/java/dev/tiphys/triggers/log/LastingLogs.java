package dev.tiphys.triggers.log;

import java.util.logging.LogManager;

/**
 * Keeps handlers until the very end. The standard one closes them in a shutdown hook of its own,
 * and what a program says while it ends would be lost.
 *
 * <p>Public, since the JDK makes it by its name.
 */
public final class LastingLogs extends LogManager {
  @Override
  public void reset() {
    // the handlers write through, so there is nothing that closing them would save
  }
}
