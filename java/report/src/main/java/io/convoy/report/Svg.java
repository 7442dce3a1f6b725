// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

/**
 * A drawing that stands alone as a file and inside a page. Its colours follow the reader's choice
 * of light or dark ({@code prefers-color-scheme}), on a ground of its own.
 */
final class Svg {
  /** Advance of a character of the drawings' monospaced fonts, in parts of its size, at most. */
  private static final double ADVANCE = 0.61;

  /** Size of ordinary text; chart.css says the same. */
  static final double FONT = 12;

  private static final String STYLE = Markup.resource("chart.css");

  private final Markup markup = new Markup();

  /**
   * Begins a drawing.
   *
   * @param title what it shows, for those who don't see it
   */
  Svg(double width, double height, String title) {
    markup.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "convoy",
        "viewBox",
        "0 0 " + Markup.number(width) + " " + Markup.number(height),
        "width",
        width,
        "height",
        height,
        "role",
        "img",
        "aria-label",
        title);
    markup.element("title", title);
    markup.open("style").raw(STYLE).close();
    markup.empty("rect", "class", "ground", "width", width, "height", height);
  }

  /** Returns the width of a text of ordinary size, in any font that may be there. */
  static double width(String text) {
    return text.codePointCount(0, text.length()) * ADVANCE * FONT;
  }

  /** Returns a text that fits into a width; a longer one ends in an ellipsis. */
  static String fit(String text, double width) {
    int room = (int) (width / (ADVANCE * FONT));
    int length = text.codePointCount(0, text.length());
    return length <= room
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, room - 1))) + "…";
  }

  Svg text(double x, double y, String style, String content) {
    markup.element("text", content, "x", x, "y", y, "class", style);
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    markup.empty("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "class", style);
    return this;
  }

  Svg path(String d, String style) {
    markup.empty("path", "d", d, "class", style);
    return this;
  }

  /** For what there is no method for. */
  Markup markup() {
    return markup;
  }

  /** Ends the drawing. */
  String end() {
    return markup.close().toString();
  }
}
