package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a volume are watched, for what, and what is told of them. Paths are absolute, as
 * the workflow's author has them.
 *
 * @param volume name of the volume
 * @param subPath the part of the volume that the container has; null: all of it
 * @param mountPath where the task's container has it, without a slash at its end
 * @param globs {@link PathGlob}s, of which a path matches one at least; empty where there is a
 *     regex
 * @param regex a {@link java.util.regex.Pattern} that the whole path matches; null: the globs say
 * @param on the changes that become events
 * @param settleMillis a file is looked at when it has not changed for so long
 * @param maxBytes larger contents are not part of an event
 * @param pollMillis how often the volume is looked through; null: the kernel tells of changes,
 *     where it can
 */
public record FileWatch(
    String volume,
    @Nullable String subPath,
    String mountPath,
    List<String> globs,
    @Nullable String regex,
    Set<Change> on,
    long settleMillis,
    Content content,
    int maxBytes,
    @Nullable Long pollMillis) {
  private static final Pattern GLOB_SIGN = Pattern.compile("[*?\\[{\\\\]");
  private static final Pattern REGEX_SIGN = Pattern.compile("[\\\\.\\[\\]{}()*+?^$|]");

  /** Default of {@code settleMillis}. */
  public static final long SETTLE_MILLIS = 500;

  /** Default of {@code maxBytes}. */
  public static final int INLINE_BYTES = 64 << 10;

  /** Most that {@code maxBytes} can be: brokers take events of a megabyte, and JSON needs room. */
  public static final int MAX_INLINE_BYTES = 256 << 10;

  /** Default of {@code on}: what has become of a file, each change once. */
  public static final Set<Change> ALL_STATES =
      Set.of(Change.CREATE, Change.UPDATE, Change.DELETE, Change.RENAME);

  public FileWatch {
    globs = List.copyOf(globs);
    on = Collections.unmodifiableSortedSet(new TreeSet<>(on));
  }

  /** The same in a volume. */
  public FileWatch in(String itsVolume, @Nullable String itsSubPath, String itsMountPath) {
    return new FileWatch(
        itsVolume,
        itsSubPath,
        itsMountPath,
        globs,
        regex,
        on,
        settleMillis,
        content,
        maxBytes,
        pollMillis);
  }

  /**
   * What each path that matches begins with: what the globs, or the regex, have before their first
   * special character.
   */
  public List<String> beginnings() {
    return regex == null
        ? globs.stream().map(glob -> GLOB_SIGN.split(glob, 2)[0]).toList()
        : List.of(REGEX_SIGN.split(regex, 2)[0]);
  }

  /** What can become of a file. */
  public enum Change {
    @JsonProperty("create")
    CREATE("create"),
    @JsonProperty("update")
    UPDATE("update"),
    @JsonProperty("delete")
    DELETE("delete"),
    @JsonProperty("rename")
    RENAME("rename"),
    /** New content, and who wrote it has closed the file. */
    @JsonProperty("close-write")
    CLOSE_WRITE("close-write");

    private final String word;

    Change(String word) {
      this.word = word;
    }

    /** As the workflow's author writes it. */
    public String word() {
      return word;
    }
  }

  /** What an event tells of a file's content. */
  public enum Content {
    @JsonProperty("none")
    NONE,
    /** All of it, up to a limit. */
    @JsonProperty("inline")
    INLINE,
    /** Its SHA-256, so that who reads the file knows that it is the one. */
    @JsonProperty("reference")
    REFERENCE
  }
}
