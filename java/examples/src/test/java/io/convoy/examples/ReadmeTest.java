// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every snippet of code in the README stands, line by line, in a program that is compiled and run.
 */
class ReadmeTest {
  private static final Pattern SNIPPET =
      Pattern.compile("```(?:java|kotlin|jshell)\\n(.*?)```", Pattern.DOTALL);

  @Test
  void snippetsAreTakenFromTheExamples() throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    List<String> snippets =
        SNIPPET.matcher(readme).results().map((MatchResult m) -> m.group(1)).toList();
    assertFalse(snippets.isEmpty());
    String sources = withoutIndentation(examples());
    for (String snippet : snippets) {
      assertTrue(sources.contains(withoutIndentation(snippet)), "no example contains:\n" + snippet);
    }
  }

  private static String examples() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static String withoutIndentation(String code) {
    return code.lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .reduce("", (a, b) -> a + b + "\n");
  }
}
