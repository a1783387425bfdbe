package dev.tiphys.cli.graph;

import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the few elements of SVG that a graph is made of, one to a line. */
final class SvgElements {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  /** Radius of a line's bends. */
  private static final double BEND = 6;

  private final XMLStreamWriter xml;

  SvgElements(XMLStreamWriter xml) {
    this.xml = xml;
  }

  void begin(double width, double height, String title, String style) throws XMLStreamException {
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace(NAMESPACE);
    xml.writeAttribute("viewBox", "0 0 " + number(width) + " " + number(height));
    xml.writeAttribute("width", number(width));
    xml.writeAttribute("height", number(height));
    xml.writeAttribute("role", "img");
    content("title", title);
    content("style", style);
  }

  void end() throws XMLStreamException {
    newLine();
    xml.writeEndElement();
    xml.close();
  }

  /** A path within 8 by 8 whose point, at the right, ends a line. */
  void arrowHead(String id, String style, String path) throws XMLStreamException {
    newLine();
    xml.writeStartElement("marker");
    xml.writeAttribute("id", id);
    xml.writeAttribute("viewBox", "0 -1 8 10");
    xml.writeAttribute("refX", "7.5");
    xml.writeAttribute("refY", "4");
    xml.writeAttribute("markerWidth", "8");
    xml.writeAttribute("markerHeight", "10");
    xml.writeAttribute("markerUnits", "userSpaceOnUse");
    xml.writeAttribute("orient", "auto");
    xml.writeEmptyElement("path");
    xml.writeAttribute("class", style);
    xml.writeAttribute("d", path);
    xml.writeEndElement();
  }

  void rectangle(String style, Picture.Box box, double radius) throws XMLStreamException {
    newLine();
    xml.writeEmptyElement("rect");
    xml.writeAttribute("class", style);
    xml.writeAttribute("x", number(box.x()));
    xml.writeAttribute("y", number(box.y()));
    xml.writeAttribute("width", number(box.width()));
    xml.writeAttribute("height", number(box.height()));
    xml.writeAttribute("rx", number(radius));
  }

  void text(String style, double x, double y, String text) throws XMLStreamException {
    newLine();
    xml.writeStartElement("text");
    xml.writeAttribute("class", style);
    xml.writeAttribute("x", number(x));
    xml.writeAttribute("y", number(y));
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  void path(String style, String arrowHead, List<Picture.Point> points) throws XMLStreamException {
    newLine();
    xml.writeEmptyElement("path");
    xml.writeAttribute("class", style);
    xml.writeAttribute("marker-end", "url(#" + arrowHead + ")");
    xml.writeAttribute("d", rounded(points));
  }

  private static String rounded(List<Picture.Point> points) {
    StringBuilder path = new StringBuilder("M").append(at(points.getFirst()));
    for (int i = 1; i < points.size() - 1; i++) {
      Picture.Point bend = points.get(i);
      path.append(" L").append(at(towards(bend, points.get(i - 1))));
      path.append(" Q").append(at(bend)).append(' ').append(at(towards(bend, points.get(i + 1))));
    }
    return path.append(" L").append(at(points.getLast())).toString();
  }

  /** The point on the way from the one to the other where a bend begins. */
  private static Picture.Point towards(Picture.Point from, Picture.Point to) {
    double length = Math.hypot(to.x() - from.x(), to.y() - from.y());
    double part = length == 0 ? 0 : Math.min(BEND, length / 2) / length;
    return new Picture.Point(
        from.x() + (to.x() - from.x()) * part, from.y() + (to.y() - from.y()) * part);
  }

  private static String at(Picture.Point point) {
    return number(point.x()) + "," + number(point.y());
  }

  /** The same in every locale; no screen shows more than tenths. */
  private static String number(double n) {
    String text = String.format(Locale.ROOT, "%.1f", n);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void content(String element, String text) throws XMLStreamException {
    newLine();
    xml.writeStartElement(element);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private void newLine() throws XMLStreamException {
    xml.writeCharacters("\n");
  }
}
