package dev.tiphys.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What is running here: the version of Tiphys, its commit where known, and the Java below it. */
final class Version implements IVersionProvider {
  /** Set by the launcher, which builds from a clone. */
  private static final String COMMIT = "tiphys.commit";

  @Override
  public String[] getVersion() {
    String commit = System.getProperty(COMMIT, "");
    return new String[] {
      "tiphys " + number() + (commit.isEmpty() ? "" : " (" + commit + ")"),
      "java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  static String number() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
