package dev.tiphys.images;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;

/**
 * What an image is built on. A tag of a registry is another image tomorrow, so one from there is
 * named by its digest; in a tar there is one image, whatever it is called.
 *
 * @param name as Jib takes it
 */
record BaseImage(String name) {
  private static final String TAR = "tar://";
  private static final String REMEDY =
      "give -Dimages.base=NAME@sha256:DIGEST, or -Dimages.base=tar:///PATH";

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is neither a tar nor has a digest; its message says what
   *     to do
   */
  static BaseImage of(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("no base image is named: " + REMEDY);
    }
    if (!name.startsWith(TAR) && !hasDigest(name)) {
      throw new IllegalArgumentException(
          "the base image " + name + " is not named by its digest: " + REMEDY);
    }
    return new BaseImage(name);
  }

  private static boolean hasDigest(String name) {
    try {
      return ImageReference.parse(name).getDigest().isPresent();
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException(name + " is no name of an image: " + REMEDY, e);
    }
  }
}
