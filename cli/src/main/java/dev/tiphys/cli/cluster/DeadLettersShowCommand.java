package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.functions.deadletter.DeadLetter;
import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys dead-letters show ID}. */
@Command(
    name = "show",
    description = "Show an event that could not be used: why, its attributes and its data.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys dead-letters show order-17",
      "  tiphys dead-letters show 5f1c0a9be27d -o json | jq -r .event.data_base64 | base64 -d"
    })
final class DeadLettersShowCommand extends LettersCommand {
  /** Longer than any attribute can be that came over HTTP. */
  private static final int VALUE_LIMIT = 1 << 20;

  @Parameters(
      paramLabel = "ID",
      description = "Name of the letter, or id of its event, as 'dead-letters list' shows them.")
  private String id;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description =
          "text, or json: as it is kept, a line each; the event in CloudEvents' JSON format, its"
              + " data in base64 (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  int run(LetterStore letters, Optional<Cluster> cluster) throws IOException {
    List<DeadLetter> found = named(letters.letters(), id);
    for (int n = 0; n < found.size(); n++) {
      switch (output) {
        case JSON -> out().println(found.get(n).line());
        case TEXT -> {
          if (n > 0) {
            out().println();
          }
          show(found.get(n));
        }
      }
    }
    return ExitCode.OK;
  }

  private void show(DeadLetter letter) {
    line("letter", letter.name());
    line("when", letter.when().toString());
    line("times", Long.toString(letter.times()));
    line("status", Integer.toString(letter.refusal().status()));
    line("reason", letter.refusal().reason());
    line("refused by", letter.refusal().destination());
    line("workflow", letter.workflow());
    line("run", letter.run());
    out().println("event");
    CloudEvent event = letter.event();
    for (String name : Attributes.names(event)) {
      String value = Attributes.value(event, name);
      if (value != null) {
        line("  " + name, value);
      }
    }
    if (event.getData() != null) {
      data(event.getData().toBytes());
    }
  }

  private void line(String name, String value) {
    if (!value.isEmpty()) {
      out().println(Escaped.text(name, VALUE_LIMIT) + ": " + Escaped.text(value, VALUE_LIMIT));
    }
  }

  private void data(byte[] data) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
      out().println("data (%,d bytes)".formatted(data.length));
      out().println(Escaped.lines(text));
    } catch (CharacterCodingException e) {
      out().println("data (%,d bytes, in base64)".formatted(data.length));
      out().println(Base64.getEncoder().encodeToString(data));
    }
  }
}
