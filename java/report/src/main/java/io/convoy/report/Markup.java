// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes elements of XML, and of HTML that is XML, too. Every text and value is escaped. */
final class Markup {
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turns; a double is written with up to two decimals
   */
  Markup open(String name, Object... attributes) {
    begin(name, attributes).append('>');
    open.push(name);
    return this;
  }

  /** Ends the element that was begun last. */
  Markup close() {
    text.append("</").append(open.pop()).append('>');
    if (open.size() <= 2) {
      text.append('\n');
    }
    return this;
  }

  /** Writes an element that holds nothing. */
  Markup empty(String name, Object... attributes) {
    begin(name, attributes).append("/>");
    return this;
  }

  /** Writes an element that holds a text. */
  Markup element(String name, Object content, Object... attributes) {
    return open(name, attributes).text(content).close();
  }

  Markup text(Object content) {
    text.append(escaped(content.toString()));
    return this;
  }

  /** Writes what is markup already. */
  Markup raw(String markup) {
    text.append(markup);
    return this;
  }

  private StringBuilder begin(String name, Object... attributes) {
    text.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String written = value instanceof Double number ? number(number) : value.toString();
      text.append(' ').append(attributes[i]).append("=\"").append(escaped(written)).append('"');
    }
    return text;
  }

  /** A coordinate. */
  static String number(double value) {
    String fixed = String.format(Locale.ROOT, "%.2f", value);
    return fixed.replaceAll("\\.?0+$", "");
  }

  /** XML 1.0 has no control characters; what can't be written becomes U+FFFD. */
  private static String escaped(String raw) {
    StringBuilder safe = new StringBuilder();
    raw.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
              }
            });
    return safe.toString();
  }

  private static boolean isCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < 0xD800)
        || (c > 0xDFFF && c < 0xFFFE)
        || c > 0xFFFF;
  }

  /** Reads a file that lies beside this class. */
  static String resource(String name) {
    try (InputStream in = Markup.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
