package dev.tiphys.knative;

import dev.tiphys.triggers.plan.LogCapture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What manifests depend on besides the Plan.
 *
 * @param namespace where the objects are to be; null: wherever they are applied
 * @param sharedBroker name of a Broker that exists already; null: the workflow gets one of its own
 * @param brokerClass the class of the Broker, whether shared or its own
 * @param pubsub what carries the events; Brokers are Knative's
 * @param split whether each function gets a Service and an account of its own
 * @param logs where the output of tasks is read
 * @param authorize whether who posts to the Broker and calls the functions has to show who it is
 */
public record Options(
    @Nullable String namespace,
    @Nullable String sharedBroker,
    BrokerClass brokerClass,
    Pubsub pubsub,
    Images images,
    TriggerMode triggers,
    boolean split,
    LogCapture logs,
    boolean authorize) {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException for a name that Kubernetes would refuse, or a Knative Broker
   *     that would carry nothing
   */
  public Options {
    requireLabel("namespace", namespace);
    requireLabel("broker", sharedBroker);
    requireAuthorizable(namespace, pubsub, authorize);
    boolean ownBroker = sharedBroker == null && brokerClass == BrokerClass.MT_CHANNEL_BASED;
    if (!(pubsub instanceof Pubsub.Knative) && !ownBroker) {
      throw new IllegalArgumentException(
          "a Broker's name and class are Knative's, which is not to carry the events: leave one or"
              + " the other out");
    }
  }

  /** A channel-based Broker of the workflow's own, a Trigger for each function, one Service. */
  public static Options defaults() {
    return new Options(
        null,
        null,
        BrokerClass.MT_CHANNEL_BASED,
        new Pubsub.Knative(),
        Images.ofThisVersion(),
        TriggerMode.PER_FUNCTION,
        false,
        LogCapture.FILES,
        false);
  }

  public Options withNamespace(@Nullable String name) {
    return new Options(
        name, sharedBroker, brokerClass, pubsub, images, triggers, split, logs, authorize);
  }

  public Options withSharedBroker(@Nullable String name) {
    return new Options(
        namespace, name, brokerClass, pubsub, images, triggers, split, logs, authorize);
  }

  public Options withBrokerClass(BrokerClass wanted) {
    return new Options(
        namespace, sharedBroker, wanted, pubsub, images, triggers, split, logs, authorize);
  }

  public Options withPubsub(Pubsub wanted) {
    return new Options(
        namespace, sharedBroker, brokerClass, wanted, images, triggers, split, logs, authorize);
  }

  public Options withImages(Images wanted) {
    return new Options(
        namespace, sharedBroker, brokerClass, pubsub, wanted, triggers, split, logs, authorize);
  }

  public Options withTriggers(TriggerMode mode) {
    return new Options(
        namespace, sharedBroker, brokerClass, pubsub, images, mode, split, logs, authorize);
  }

  public Options withSplit(boolean wanted) {
    return new Options(
        namespace, sharedBroker, brokerClass, pubsub, images, triggers, wanted, logs, authorize);
  }

  public Options withLogs(LogCapture wanted) {
    return new Options(
        namespace, sharedBroker, brokerClass, pubsub, images, triggers, split, wanted, authorize);
  }

  /**
   * With or without a proof of who posts and calls.
   *
   * @throws IllegalArgumentException without a namespace, or where no Knative Broker would ask
   */
  public Options withAuthorize(boolean wanted) {
    return new Options(
        namespace, sharedBroker, brokerClass, pubsub, images, triggers, split, logs, wanted);
  }

  private static void requireAuthorizable(
      @Nullable String namespace, Pubsub pubsub, boolean authorize) {
    if (authorize && !(pubsub instanceof Pubsub.Knative)) {
      throw new IllegalArgumentException(
          "only a Knative Broker asks who posts: --authorize needs --pubsub=knative");
    }
    if (authorize && namespace == null) {
      throw new IllegalArgumentException(
          "who may post is told by account and namespace: --authorize needs --namespace");
    }
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
