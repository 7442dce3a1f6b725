// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class MarkupTest {
  @ParameterizedTest
  @ValueSource(strings = {"<script>alert('1')</script>", "\" onload=\"x", "a & b", "]]>", "猫 🐈"})
  void whatIsWrittenIsReadAgain(String hostile) {
    Document read =
        Documents.parse(new Markup().element("p", hostile, "title", hostile).toString());
    assertEquals(1, read.getDocumentElement().getAttributes().getLength());
    assertEquals(hostile, read.getDocumentElement().getAttribute("title"));
    assertEquals(hostile, read.getDocumentElement().getTextContent());
    assertEquals(1, read.getDocumentElement().getChildNodes().getLength());
  }

  @Test
  void charactersThatXmlLacksAreReplaced() {
    Document read = Documents.parse(new Markup().element("p", "a\u0000b\u001b\uffffc").toString());
    assertEquals("a\ufffdb\ufffd\ufffdc", read.getDocumentElement().getTextContent());
  }

  @Test
  void coordinatesHaveUpToTwoDecimals() {
    assertEquals("100", Markup.number(100));
    assertEquals("0.5", Markup.number(0.5));
    assertEquals("-3.14", Markup.number(-3.1415));
  }
}
