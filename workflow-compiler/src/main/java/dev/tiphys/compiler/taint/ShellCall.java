package dev.tiphys.compiler.taint;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of a shell's code.
 *
 * @param in the node that it reads
 * @param out the node of its output
 * @param scope whose {@code $1} a number means where it stands
 * @param depth in how many other texts it stands
 */
record ShellCall(List<Word> words, String in, String out, ShellScope scope, int depth) {
  /** With those words instead of the first so many. */
  ShellCall with(List<Word> first, int from) {
    List<Word> all = new ArrayList<>(first);
    all.addAll(words.subList(Math.min(from, words.size()), words.size()));
    return new ShellCall(all, in, out, scope, depth);
  }
}
