package dev.tiphys.sidecars.file;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Looks through a volume. */
record Scan(Tree tree, Changes changes) {
  /** Who is told of a folder before its files are looked at. */
  @FunctionalInterface
  interface Folders {
    void enter(String folder) throws IOException;
  }

  /** Looks at all of it: what is missing has gone. */
  void all(Folders folders) throws IOException {
    Set<String> seen = new HashSet<>();
    changes.scanning(true);
    try {
      below("", folders, seen);
      changes.note((settling, now) -> settling.sawAll(seen, now));
    } finally {
      changes.scanning(false);
    }
  }

  /** Looks at what is below a folder. */
  void below(String folder, Folders folders) throws IOException {
    below(folder, folders, new HashSet<>());
  }

  private void below(String from, Folders folders, Set<String> seen) throws IOException {
    tree.walk(
        from,
        new Tree.Visitor() {
          @Override
          public void folder(String folder) throws IOException {
            folders.enter(folder);
          }

          @Override
          public void file(String path, FileState state) throws IOException {
            seen.add(path);
            changes.note((settling, now) -> settling.seen(path, state, now));
          }
        });
  }
}
