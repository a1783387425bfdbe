package dev.tiphys.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The libraries of all programs, which are on the class path of this module. */
class LibrariesTest {
  @Test
  @DisplayName("D9: the classes of lz4 come from the library that is maintained, and from no other")
  void lz4ComesFromTheMaintainedLibrary() throws IOException {
    // Given a class that both libraries have
    String name = "net/jpountz/lz4/LZ4Factory.class";

    // When
    List<String> origins = new ArrayList<>();
    for (URL origin : Collections.list(getClass().getClassLoader().getResources(name))) {
      origins.add(homeOf((JarURLConnection) origin.openConnection()));
    }

    // Then: a program's own copy may be there beside the one of the build
    assertThat(origins).isNotEmpty().allMatch("https://github.com/yawkat/lz4-java"::equals);
  }

  private static String homeOf(JarURLConnection jar) throws IOException {
    return jar.getManifest().getMainAttributes().getValue("Bundle-DocURL");
  }
}
