package dev.tiphys.cli.options;

import dev.tiphys.knative.BrokerClass;
import dev.tiphys.knative.Options;
import dev.tiphys.knative.TriggerMode;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a workflow's events run over; mixed into commands. */
public final class BrokerOptions {
  @Option(
      names = "--broker",
      paramLabel = "NAME",
      description =
          "Share this Broker, which is there already. Default: one of the workflow's own.")
  private @Nullable String broker;

  @Option(
      names = "--broker-class",
      paramLabel = "CLASS",
      converter = BrokerClasses.class,
      completionCandidates = BrokerClasses.class,
      description = "${COMPLETION-CANDIDATES}. Default: MTChannelBasedBroker.")
  private BrokerClass brokerClass = BrokerClass.MT_CHANNEL_BASED;

  @Option(
      names = "--triggers",
      paramLabel = "MODE",
      converter = TriggerModes.class,
      completionCandidates = TriggerModes.class,
      description =
          "per-function: a Trigger for each function that is needed; per-rule: one for each rule,"
              + " so that 'kn trigger list' shows every edge. Default: per-function.")
  private TriggerMode triggers = TriggerMode.PER_FUNCTION;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * The same options with what was given here.
   *
   * @throws ParameterException for a name that Kubernetes would refuse
   */
  public Options in(Options options) {
    try {
      return options.withSharedBroker(broker).withBrokerClass(brokerClass).withTriggers(triggers);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Broker classes by the names that Knative gives them. */
  static final class BrokerClasses implements ITypeConverter<BrokerClass>, Iterable<String> {
    @Override
    public BrokerClass convert(String name) {
      return BrokerClass.named(name)
          .orElseThrow(() -> new TypeConversionException("expected " + String.join(" or ", this)));
    }

    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(BrokerClass.values()).map(BrokerClass::annotation).iterator();
    }
  }

  /** Trigger modes. */
  static final class TriggerModes extends LowerCase<TriggerMode> {
    TriggerModes() {
      super(TriggerMode.class);
    }
  }
}
