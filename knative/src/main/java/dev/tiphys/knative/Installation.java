package dev.tiphys.knative;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What has to be applied before any workflow, as YAML. */
public final class Installation {
  private static final String CLUSTER = "cluster.yaml";

  private Installation() {}

  /** Once for the cluster, by somebody who administers it: the type of runs, and its roles. */
  public static String ofCluster() {
    try (InputStream in = Installation.class.getResourceAsStream(CLUSTER)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + CLUSTER);
      }
      return "---\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Once for each namespace; a compiled workflow brings the same objects along. */
  public static String ofNamespace(Options options) {
    return Manifests.toYaml(SharedObjects.of(options));
  }
}
