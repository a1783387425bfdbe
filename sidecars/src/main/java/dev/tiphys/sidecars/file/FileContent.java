package dev.tiphys.sidecars.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells of a file's content.
 *
 * @param text the content; null where it is not part of the event
 * @param encoding {@code base64} where the text is that; null: it is the content as it is
 * @param sha256 in hexadecimal; null where nobody asked
 * @param omitted why there is none: {@code too large} or {@code unreadable}; null: there is
 */
record FileContent(
    @Nullable String text,
    @Nullable String encoding,
    @Nullable String sha256,
    @Nullable String omitted) {
  /** Nobody asked. */
  static final FileContent NONE = new FileContent(null, null, null, null);

  private static final FileContent TOO_LARGE = new FileContent(null, null, null, "too large");
  private static final FileContent UNREADABLE = new FileContent(null, null, null, "unreadable");
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /** JSON writes each of these in six characters, and an environment cannot hold a NUL. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]");

  /** All of it, up to a limit. */
  static FileContent inline(Path root, String path, int maxBytes) throws IOException {
    return read(
        root,
        path,
        in -> {
          byte[] bytes = in.readNBytes(maxBytes + 1);
          return bytes.length > maxBytes ? TOO_LARGE : of(bytes);
        });
  }

  /** Its digest. */
  static FileContent reference(Path root, String path) throws IOException {
    return read(
        root,
        path,
        in -> {
          MessageDigest digest = digest();
          new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
          return new FileContent(null, null, HexFormat.of().formatHex(digest.digest()), null);
        });
  }

  private interface Reader {
    FileContent read(InputStream in) throws IOException;
  }

  private static FileContent read(Path root, String path, Reader reader) throws IOException {
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(root);
        InputStream in = open(folder, root, path)) {
      return reader.read(in);
    } catch (AccessDeniedException e) {
      return UNREADABLE;
    } catch (FileSystemException e) {
      // gone, or a link by now: the file has not settled, which the caller finds out
      return NONE;
    }
  }

  /**
   * Goes down folder by folder, so that no link that the task puts in the way leads out of the
   * volume: the sidecar can read what the task must not, as the run's key.
   */
  private static InputStream open(DirectoryStream<Path> folder, Path root, String path)
      throws IOException {
    if (!(folder instanceof SecureDirectoryStream<Path> secure)) {
      return Files.newInputStream(FileNames.resolve(root, path), LinkOption.NOFOLLOW_LINKS);
    }
    int slash = path.indexOf('/');
    if (slash < 0) {
      return Channels.newInputStream(secure.newByteChannel(FileNames.relative(path), READ));
    }
    try (SecureDirectoryStream<Path> next =
        secure.newDirectoryStream(
            FileNames.relative(path.substring(0, slash)), LinkOption.NOFOLLOW_LINKS)) {
      return open(next, root, path.substring(slash + 1));
    }
  }

  private static FileContent of(byte[] bytes) {
    Optional<String> text =
        FileNames.decode(ByteBuffer.wrap(bytes)).filter(t -> !UNPRINTABLE.matcher(t).find());
    return text.map(t -> new FileContent(t, null, null, null))
        .orElseGet(
            () -> new FileContent(Base64.getEncoder().encodeToString(bytes), "base64", null, null));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
