package dev.tiphys.knative;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The images that objects name.
 *
 * @param functions holds all functions
 * @param sidecars holds all sidecars and the run watcher
 */
public record Images(String functions, String sidecars) {
  private static final String RESOURCE = "build.properties";
  private static final String REPOSITORY = "dev.local/tiphys/";
  private static final Pattern NAME = Pattern.compile("\\S+");

  /**
   * @throws IllegalArgumentException if a name is none
   */
  public Images {
    requireName("functions", functions);
    requireName("sidecars", sidecars);
  }

  /** Those that belong to this build. */
  public static Images ofThisVersion() {
    String version = version();
    return new Images(REPOSITORY + "functions:" + version, REPOSITORY + "sidecars:" + version);
  }

  private static void requireName(String what, String image) {
    if (!NAME.matcher(image).matches()) {
      throw new IllegalArgumentException(
          what + " image \"" + image + "\": an image's name has no spaces");
    }
  }

  private static String version() {
    try (InputStream in = Images.class.getResourceAsStream(RESOURCE)) {
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
