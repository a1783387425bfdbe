package dev.tiphys.compiler.taint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the options of {@code xargs} say of the words that it reads.
 *
 * @param place what stands for them in its command line; empty: they stand last
 * @param files indices of the words that name files which it reads instead of its input
 */
record FedWords(String place, List<Integer> files) {
  /** Options behind some without a value. */
  private static final Pattern REPLACING = Pattern.compile("-[0rtpxo]*([IiJ])(.*)", Pattern.DOTALL);

  private static final Pattern FILE = Pattern.compile("-[0rtpxo]*a(.*)", Pattern.DOTALL);

  FedWords {
    files = List.copyOf(files);
  }

  /** Of the options from one index to the other. */
  static FedWords of(List<Word> words, int from, int end) {
    String place = "";
    List<Integer> files = new ArrayList<>();
    for (int i = from; i < end; i++) {
      String text = words.get(i).asCode();
      if (text.startsWith("--")) {
        String name = text.replaceFirst("=.*", "");
        if (name.length() > 2 && "--replace".startsWith(name)) {
          place = text.length() > name.length() ? text.substring(name.length() + 1) : "{}";
        } else if (name.length() > 2 && "--arg-file".startsWith(name)) {
          files.add(text.length() > name.length() ? i : i + 1);
        }
        continue;
      }
      Matcher file = FILE.matcher(text);
      if (file.matches()) {
        files.add(file.group(1).isEmpty() ? i + 1 : i);
      }
      Matcher replacing = REPLACING.matcher(text);
      if (replacing.matches()) {
        String rest = replacing.group(2);
        boolean next = rest.isEmpty() && !replacing.group(1).equals("i");
        place =
            !rest.isEmpty() ? rest : !next ? "{}" : i + 1 < end ? words.get(i + 1).asCode() : "";
      }
    }
    return new FedWords(place, files);
  }
}
