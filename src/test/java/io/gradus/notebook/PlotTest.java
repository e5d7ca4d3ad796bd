package io.gradus.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotTest {
  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void ticksAreRound() {
    assertThat(Axis.over(0.03, 0.97, 0, 100).ticks()).hasSize(6).contains(0.0, 1.0);
    assertThat(Axis.over(0, 10, 0, 100).at(5)).isEqualTo(50);
    assertThat(Axis.over(-3, 17, 0, 1).ticks()).containsExactly(-5.0, 0.0, 5.0, 10.0, 15.0, 20.0);
    assertThat(Axis.over(0, 1 + 1e-12, 0, 1).ticks()).hasSize(6);
    assertThat(Axis.over(7, 7, 0, 1).at(7)).isEqualTo(0.5);
    assertThat(List.of(Axis.label(0), Axis.label(0.25), Axis.label(12_500), Axis.label(-2e6)))
        .containsExactly("0", "0.25", "12.5k", "-2M");
  }

  @Test
  void aLineGoesThroughItsPointsAndLeavesOutTheUnknown() throws Exception {
    double[] x = {0, 1, 2, 3};
    double[] y = {0, 10, Double.NaN, 30};
    String svg = new Plot("A < B", "x", "y").line("one & two", x, y).line("flat", x, x).toString();
    Document page = parsed(svg);
    assertThat(page.getElementsByTagName("circle").getLength()).isEqualTo(7);
    assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    String[] points =
        page.getElementsByTagName("polyline")
            .item(0)
            .getAttributes()
            .getNamedItem("points")
            .getNodeValue()
            .split(" ");
    assertThat(points).hasSize(3);
    assertThatThrownBy(() -> new Plot("", "", "").line("odd", x, new double[1]))
        .hasMessageContaining("series odd");
  }

  @Test
  void heatMapsLeaveUnknownCellsEmpty() throws Exception {
    double[][] values = {{1, Double.NaN}, {-2, 0.5}};
    Html map = Grid.divergingMap("M", List.of("a", "b"), List.of("c", "d"), values, "%.1f");
    Document page = parsed(map.html());
    assertThat(page.getElementsByTagName("rect").getLength()).isEqualTo(4);
    assertThat(page.getDocumentElement().getTextContent()).contains("-2.0").doesNotContain("NaN");
    assertThat(Colours.diverging(0)).isEqualTo("#ffffff");
    assertThat(Colours.rising(1)).isEqualTo("#084594");
    Html bars = Grid.bars("B", List.of("a", "b"), new double[] {1200, 300}, "%,.0f");
    assertThat(parsed(bars.html()).getDocumentElement().getTextContent()).contains("1,200");
  }
}
