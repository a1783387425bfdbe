package dev.tiphys.cli.options;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads an option that takes {@code NAME=VALUE} again and again. The same name twice is a mistake:
 * of two values one would be dropped in silence.
 */
public final class NamedValues implements IParameterConsumer {
  @Override
  @SuppressWarnings("JdkObsolete") // picocli's own type
  public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec command) {
    String name = ((OptionSpec) option).longestName();
    if (args.isEmpty()) {
      throw mistake(command, name + " needs NAME=VALUE");
    }
    String word = args.pop();
    int equals = word.indexOf('=');
    if (equals <= 0) {
      throw mistake(command, "%s takes NAME=VALUE, and not '%s'".formatted(name, word));
    }
    Map<String, String> values = option.getValue();
    if (values.putIfAbsent(word.substring(0, equals), word.substring(equals + 1)) != null) {
      throw mistake(command, "%s gives '%s' twice".formatted(name, word.substring(0, equals)));
    }
  }

  private static ParameterException mistake(CommandSpec command, String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
