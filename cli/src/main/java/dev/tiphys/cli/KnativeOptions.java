package dev.tiphys.cli;

import dev.tiphys.knative.BrokerClass;
import dev.tiphys.knative.Options;
import dev.tiphys.knative.TriggerMode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What manifests depend on besides the workflow; mixed into commands that write them. */
final class KnativeOptions {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where the objects are to be. Default: wherever they are applied.")
  private @Nullable String namespace;

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
  private @Nullable BrokerClass brokerClass;

  @Option(
      names = "--triggers",
      paramLabel = "MODE",
      converter = TriggerModes.class,
      completionCandidates = TriggerModes.class,
      description =
          "per-function: a Trigger for each function that is needed; per-rule: one for each rule,"
              + " so that 'kn trigger list' shows every edge. Default: per-function.")
  private @Nullable TriggerMode triggers;

  @Option(
      names = "--functions-image",
      paramLabel = "IMAGE",
      description = "The image of the functions, with its tag or digest.")
  private @Nullable String functionsImage;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * The options that were given, else the defaults.
   *
   * @throws ParameterException for a name that Kubernetes would refuse
   */
  Options options() {
    Options defaults = Options.defaults();
    try {
      return new Options(
          namespace,
          broker,
          brokerClass == null ? defaults.brokerClass() : brokerClass,
          functionsImage == null ? defaults.functionsImage() : functionsImage,
          triggers == null ? defaults.triggers() : triggers);
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

  /** Trigger modes by their names in lower case, with dashes. */
  static final class TriggerModes implements ITypeConverter<TriggerMode>, Iterable<String> {
    @Override
    public TriggerMode convert(String name) {
      return Stream.of(TriggerMode.values())
          .filter(mode -> name(mode).equals(name))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("expected " + String.join(" or ", this)));
    }

    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(TriggerMode.values()).map(TriggerModes::name).iterator();
    }

    private static String name(TriggerMode mode) {
      return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
