package dev.tiphys.knative;

/**
 * Whom a token is for, in the form that Knative gives the audiences of what it makes itself. It
 * gives a Knative Service none.
 */
final class Audience {
  private Audience() {}

  /** Of the functions behind a Knative Service. */
  static String ofService(String namespace, String service) {
    return "serving.knative.dev/service/" + namespace + "/" + service;
  }
}
