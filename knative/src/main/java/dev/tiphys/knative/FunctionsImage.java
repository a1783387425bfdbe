package dev.tiphys.knative;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The image of the functions that belongs to this build. */
final class FunctionsImage {
  private static final String RESOURCE = "build.properties";

  private FunctionsImage() {}

  /** Its name and tag. */
  static String ofThisVersion() {
    return "dev.local/tiphys/functions:" + version();
  }

  private static String version() {
    try (InputStream in = FunctionsImage.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + RESOURCE);
      }
      Properties build = new Properties();
      build.load(in);
      return build.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
