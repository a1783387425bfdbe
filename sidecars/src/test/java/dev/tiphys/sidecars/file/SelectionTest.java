package dev.tiphys.sidecars.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.FileWatch.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  @ParameterizedTest
  @CsvSource({
    "/data/*.raw, a.raw, true",
    "/data/*.raw, in/a.raw, false",
    "/data/**.raw, in/a.raw, true",
    "'/data/in/{a,b}.raw', in/b.raw, true",
    "/data/in/a.raw, in/a.raw, true",
    "/data/**/*.raw, a.raw, true",
    "/data/**/*.raw, in/deep/a.raw, true",
    "/data/größe-*.raw, größe-1.raw, true",
  })
  @DisplayName("C6: a glob picks files, and **/ is zero or more folders")
  void picksFilesByGlob(String glob, String path, boolean picked) {
    assertThat(globs(glob).matches(path)).isEqualTo(picked);
  }

  @ParameterizedTest
  @CsvSource({
    "/data/*.raw, '', true",
    "/data/*.raw, in, false",
    "/data/in/*.raw, in, true",
    "/data/in/*.raw, out, false",
    "/data/in/*.raw, in/deep, false",
    "/data/*/x/*.raw, in, true",
    "/data/**.raw, in/deep, true",
    "/data/input*/a, input7, true",
    "/data/**/x/*.raw, in/deep, true",
  })
  void entersTheFoldersWhereTheyCanBe(String glob, String folder, boolean entered) {
    assertThat(globs(glob).enters(folder)).isEqualTo(entered);
  }

  @ParameterizedTest
  @CsvSource({"in/07.raw, true", "in/7.raw, false", "out/07.raw, false"})
  void picksFilesByRegex(String path, boolean picked) {
    assertThat(Selection.of(watch(List.of(), "/data/in/\\d\\d\\.raw")).matches(path))
        .isEqualTo(picked);
  }

  private static Selection globs(String glob) {
    return Selection.of(watch(List.of(glob), null));
  }

  private static FileWatch watch(List<String> globs, @Nullable String regex) {
    return new FileWatch(
        "data", null, "/data", globs, regex, FileWatch.ALL_STATES, 0, Content.NONE, 0, null);
  }
}
