package dev.tiphys.cli.graph;

import dev.tiphys.triggers.plan.EventPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;

/** A graph as an SVG picture that follows its reader's light or dark colour scheme. */
public final class Svg {
  private static final String STYLE = "graph.css";
  private static final double TITLE_BASELINE = 22;
  private static final double TITLE_LEFT = 12;

  private final SvgElements out;

  private Svg(SvgElements out) {
    this.out = out;
  }

  /** A whole document; ends with a line break. */
  public static String render(Graph graph) {
    StringWriter text = new StringWriter();
    try {
      SvgElements out =
          new SvgElements(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text));
      new Svg(out).write(graph.name(), Layout.of(graph));
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return text.append('\n').toString();
  }

  private void write(String name, Picture picture) throws XMLStreamException {
    out.begin(picture.width(), picture.height(), name, style());
    out.arrowHead("control", "head", "M0,0 L8,4 L0,8 z");
    out.arrowHead("start", "head-start", "M0,0 L8,4 L0,8 z");
    out.arrowHead("stop", "head-stop", "M7,-1 L7,9");
    out.rectangle("paper", new Picture.Box(0, 0, picture.width(), picture.height()), 0);
    for (Picture.PlacedScope placed : picture.scopes()) {
      out.rectangle("scope", placed.box(), 8);
    }
    for (Picture.Line line : picture.lines()) {
      write(line);
    }
    for (Picture.PlacedNode placed : picture.nodes()) {
      write(placed);
    }
    // texts come last, so that no line runs through them
    for (Picture.PlacedScope placed : picture.scopes()) {
      writeTitle(placed);
    }
    for (Picture.Line line : picture.lines()) {
      writeLabel(line);
    }
    out.end();
  }

  private void writeTitle(Picture.PlacedScope placed) throws XMLStreamException {
    Picture.Box box = placed.box();
    out.text("title", box.x() + TITLE_LEFT, box.y() + TITLE_BASELINE, placed.scope().label());
  }

  private void write(Picture.PlacedNode placed) throws XMLStreamException {
    Picture.Box box = placed.box();
    switch (placed.node().kind()) {
      case BEGINNING -> out.rectangle("point", box, box.height() / 2);
      case BARRIER -> out.rectangle("point", box, 2);
      case STEP -> out.rectangle("node", box, 6);
      case EVENT_STARTED -> out.rectangle("node event-started", box, 6);
      case CALL -> out.rectangle("node", box, 0);
      case EXTERNAL -> out.rectangle("node external", box, box.height() / 2);
    }
    writeText(placed.node(), box);
  }

  private void writeText(Graph.Node node, Picture.Box box) throws XMLStreamException {
    if (node.label().isEmpty()) {
      return;
    }
    List<String> details = node.details();
    double x = box.x() + box.width() / 2;
    double y = TextSize.baseline(box.y() + (box.height() - details.size() * TextSize.LINE) / 2);
    out.text("name", x, y, node.label());
    for (int i = 0; i < details.size(); i++) {
      out.text("detail", x, y + (i + 1) * TextSize.LINE, details.get(i));
    }
  }

  private void write(Picture.Line line) throws XMLStreamException {
    switch (line.edge()) {
      case Graph.Control _ -> out.path("line", "control", line.points());
      case Graph.Event event -> {
        String kind = kind(event);
        out.path("line " + kind, kind, line.points());
      }
    }
  }

  private void writeLabel(Picture.Line line) throws XMLStreamException {
    switch (line.edge()) {
      case Graph.Control _ -> {}
      case Graph.Event event ->
          out.text(
              "label label-" + kind(event),
              line.label().x(),
              TextSize.baseline(line.label().y()),
              event.label());
    }
  }

  private static String kind(Graph.Event event) {
    return event.policy() == EventPolicy.DELETE ? "stop" : "start";
  }

  private static String style() {
    try (InputStream in = Svg.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + STYLE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
