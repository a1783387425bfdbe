package dev.tiphys.cli.graph;

import static dev.tiphys.cli.graph.Plans.emitter;
import static dev.tiphys.cli.graph.Plans.event;
import static dev.tiphys.cli.graph.Plans.plan;
import static dev.tiphys.cli.graph.Plans.startedBy;
import static dev.tiphys.cli.graph.Plans.step;
import static dev.tiphys.cli.graph.Plans.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.Rule;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgTest {
  private static final Graph NESTED =
      PlanGraph.of(
          plan(
              List.of(
                  new Rule.Start(event("coin"), "inner", "heads"),
                  new Rule.Stop(event("coin"), "flip")),
              steps("main", List.of(step("a step with a long & <odd> name", "inner"))),
              steps("inner", List.of(step("flip")), List.of(step("heads"))),
              emitter("flip", "coin"),
              startedBy("heads", event("coin"))));

  @Test
  void isXmlWhateverTheNames() throws Exception {
    // When
    Document document = parse(Svg.render(NESTED));
    // Then
    assertThat(document.getDocumentElement().getTextContent())
        .contains("a step with a long & <odd> name");
  }

  @Test
  void eachEventHasALineAndALabelOfItsKind() throws Exception {
    // When
    Document document = parse(Svg.render(NESTED));
    // Then
    assertThat(classes(document, "path")).contains("line", "line start", "line stop");
    assertThat(classes(document, "text")).contains("label label-start", "label label-stop");
  }

  @Test
  void everythingIsOnThePaper() {
    // When
    Picture picture = Layout.of(NESTED);
    // Then
    assertThat(picture.scopes())
        .allSatisfy(
            placed -> {
              Picture.Box box = placed.box();
              assertThat(box.x()).isNotNegative();
              assertThat(box.x() + box.width()).isLessThanOrEqualTo(picture.width());
              assertThat(box.width())
                  .isGreaterThan(TextSize.width(placed.scope().label(), TextSize.FONT));
            });
    assertThat(picture.lines())
        .flatExtracting(Picture.Line::points)
        .allSatisfy(
            point -> {
              assertThat(point.x()).isBetween(0.0, picture.width());
              assertThat(point.y()).isBetween(0.0, picture.height());
            });
  }

  @Test
  void theSameGraphGivesTheSamePicture() {
    assertThat(Svg.render(NESTED)).isEqualTo(Svg.render(NESTED));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> classes(Document document, String element) {
    NodeList found = document.getElementsByTagName(element);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getAttributes().getNamedItem("class").getTextContent())
        .toList();
  }
}
