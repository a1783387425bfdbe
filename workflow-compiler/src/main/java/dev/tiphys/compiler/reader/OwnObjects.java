package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.source.Yaml;
import java.util.regex.Pattern;

/**
 * The accounts, Secrets and annotations of Tiphys itself, which no pod of a task may use: who may
 * write a workflow would have the rights of what runs it.
 */
final class OwnObjects {
  /** Those of the functions, the watcher, the sidecars; a carrier has its workflow's name. */
  private static final Pattern ACCOUNT = Pattern.compile("tiphys-.*|.*-carrier");

  private static final Pattern SECRET = Pattern.compile("tiphys-.*");

  /** A parameter's value is read from its variable, of which it is known who may have filled it. */
  private static final Pattern ANNOTATION = Pattern.compile(".*tiphys\\.dev/.*", Pattern.DOTALL);

  private static final Pattern PATH_OF_ACCOUNT =
      Pattern.compile("(.*\\.)?(serviceAccountName|serviceAccount)");
  private static final Pattern PATH_OF_SECRET =
      Pattern.compile(
          "(.*\\.)?(secretName|(secretKeyRef|secretRef|secret|imagePullSecrets|[a-zA-Z]+SecretRef)"
              + "\\.name)");
  private static final Pattern PATH_OF_FIELD = Pattern.compile("(.*\\.)?fieldPath");

  private OwnObjects() {}

  /**
   * Reports a name of ours.
   *
   * @param path the field, from the pod's or the container's own fields on
   */
  static void refuse(Yaml.Scalar scalar, String path, Diagnostics found) {
    refuse(
        scalar,
        PATH_OF_ACCOUNT.matcher(path).matches() && ACCOUNT.matcher(scalar.text()).matches(),
        "account",
        "name an account of your own, with the rights that the task needs",
        found);
    refuse(
        scalar,
        PATH_OF_SECRET.matcher(path).matches() && SECRET.matcher(scalar.text()).matches(),
        "Secret",
        "choose another name: those that begin with `tiphys-` are not for tasks",
        found);
    refuse(
        scalar,
        PATH_OF_FIELD.matcher(path).matches() && ANNOTATION.matcher(scalar.text()).matches(),
        "annotation",
        "read an input from its variable TIPHYS_PARAM_<NAME>",
        found);
  }

  private static void refuse(
      Yaml.Scalar scalar, boolean ours, String what, String hint, Diagnostics found) {
    if (ours) {
      found.report(
          Code.RESERVED_NAME,
          scalar.at(),
          "the " + what + " `" + scalar.text() + "` is Tiphys's own",
          hint);
    }
  }
}
