package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.name.ResourceName;
import java.util.regex.Pattern;

/** Names of the annotations that hold a pod's parameters. */
public final class ParameterAnnotation {
  private static final Pattern FIT =
      Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?");

  private ParameterAnnotation() {}

  /** The annotation of that parameter. A parameter's name may begin or end as no annotation's. */
  public static String of(String parameter) {
    return Marks.PARAMETER_PREFIX
        + (FIT.matcher(parameter).matches()
            ? parameter
            : ResourceName.withHash(parameter, parameter));
  }
}
