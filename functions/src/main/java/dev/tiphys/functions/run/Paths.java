package dev.tiphys.functions.run;

/** Paths of nodes, in the form of Argo's node names: {@code main[0].build[1].test}. */
public final class Paths {
  private Paths() {}

  /** The path of a scope's step. */
  public static String child(String scope, int group, String step) {
    return scope + "[" + group + "]." + step;
  }

  /** The group of the scope that the path lies in; the path must be below the scope. */
  public static int group(String path, String scope) {
    return Integer.parseInt(path.substring(scope.length() + 1, path.indexOf(']', scope.length())));
  }

  /** How many scopes the path lies in. */
  public static int depth(String path) {
    return (int) path.chars().filter(c -> c == '[').count();
  }

  /** Whether the path lies below the scope. */
  public static boolean below(String path, String scope) {
    return path.startsWith(scope + "[");
  }

  /** The step's name that the path ends with. */
  public static String step(String path) {
    return path.substring(path.lastIndexOf("].") < 0 ? 0 : path.lastIndexOf("].") + 2);
  }
}
