// SPDX-License-Identifier: Apache-2.0
package io.convoy.workshop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each notebook has a twin in Spanish: the same code, and as many texts in the same places. */
class TwinsTest {
  private static final String MARKDOWN = "markdown";

  /** Characters that Jupyter shows of a line without scrolling. */
  private static final int WIDTH = 105;

  record Twins(Notebook english, Notebook spanish) {
    @Override
    public String toString() {
      return english.name();
    }
  }

  static Stream<Twins> twins() throws IOException {
    List<Notebook> english = Notebook.all("en");
    List<Notebook> spanish = Notebook.all("es");
    return IntStream.range(0, english.size())
        .mapToObj(i -> new Twins(english.get(i), spanish.get(i)));
  }

  @Test
  void bothLanguagesHaveTheSixExercises() throws IOException {
    List<String> english = Notebook.all("en").stream().map(Notebook::name).toList();
    assertEquals(english, Notebook.all("es").stream().map(Notebook::name).toList());
    assertEquals("123456", english.stream().map(n -> n.substring(0, 1)).reduce("", String::concat));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void theCodeIsTheSame(Twins twins) {
    assertEquals(twins.english().types(), twins.spanish().types());
    assertEquals(twins.english().sources("code"), twins.spanish().sources("code"));
    assertEquals(twins.english().cells("code"), twins.spanish().cells("code"), "tags or outputs");
  }

  @ParameterizedTest
  @MethodSource("twins")
  void everyTextIsTranslated(Twins twins) {
    List<String> english = twins.english().sources(MARKDOWN);
    List<String> spanish = twins.spanish().sources(MARKDOWN);
    for (int i = 0; i < english.size(); i++) {
      assertFalse(spanish.get(i).isBlank(), "text " + i);
      assertNotEquals(english.get(i), spanish.get(i), "text " + i);
      assertEquals(codeIn(english.get(i)), codeIn(spanish.get(i)), "commands in text " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void codeFitsThePage(Twins twins) {
    for (String cell : twins.english().sources("code")) {
      cell.lines().forEach(line -> assertTrue(line.length() <= WIDTH, line));
    }
  }

  /** The lines in fences, without what stands behind a #. */
  private static List<String> codeIn(String markdown) {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : markdown.lines().toList()) {
      if (line.startsWith("```")) {
        inside = !inside;
      } else if (inside) {
        lines.add(line.replaceAll("#.*", "").stripTrailing());
      }
    }
    return lines;
  }
}
