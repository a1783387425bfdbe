package dev.tiphys.knative;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What manifests depend on besides the Plan.
 *
 * @param namespace where the objects are to be; null: wherever they are applied
 * @param sharedBroker name of a Broker that exists already; null: the workflow gets one of its own
 * @param brokerClass the class of the Broker, whether shared or its own
 * @param functionsImage the image that holds all functions
 */
public record Options(
    @Nullable String namespace,
    @Nullable String sharedBroker,
    BrokerClass brokerClass,
    String functionsImage,
    TriggerMode triggers) {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern IMAGE = Pattern.compile("\\S+");

  /**
   * @throws IllegalArgumentException for a name that Kubernetes would refuse
   */
  public Options {
    requireLabel("namespace", namespace);
    requireLabel("broker", sharedBroker);
    if (!IMAGE.matcher(functionsImage).matches()) {
      throw new IllegalArgumentException(
          "functions image \"" + functionsImage + "\": an image's name has no spaces");
    }
  }

  /** A channel-based Broker of the workflow's own, and a Trigger for each function. */
  public static Options defaults() {
    return new Options(
        null,
        null,
        BrokerClass.MT_CHANNEL_BASED,
        FunctionsImage.ofThisVersion(),
        TriggerMode.PER_FUNCTION);
  }

  public Options withNamespace(String name) {
    return new Options(name, sharedBroker, brokerClass, functionsImage, triggers);
  }

  public Options withSharedBroker(String name) {
    return new Options(namespace, name, brokerClass, functionsImage, triggers);
  }

  public Options withBrokerClass(BrokerClass wanted) {
    return new Options(namespace, sharedBroker, wanted, functionsImage, triggers);
  }

  public Options withFunctionsImage(String image) {
    return new Options(namespace, sharedBroker, brokerClass, image, triggers);
  }

  public Options withTriggers(TriggerMode mode) {
    return new Options(namespace, sharedBroker, brokerClass, functionsImage, mode);
  }

  private static void requireLabel(String what, @Nullable String name) {
    if (name != null && !DNS_LABEL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what
              + " \""
              + name
              + "\": use lower-case letters, digits and dashes, at most 63, with a letter or digit"
              + " at either end");
    }
  }
}
