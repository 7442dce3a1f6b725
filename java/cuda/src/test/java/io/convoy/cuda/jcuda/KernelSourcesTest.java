// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The sources for the compiler at run time. */
class KernelSourcesTest {
  private static final Pattern INCLUDE = Pattern.compile("#include \"(.*)\"");

  @Test
  void whatIsIncludedIsAHeader() {
    KernelSources sources = KernelSources.packed();
    assertFalse(sources.kernels().isEmpty());
    List<String> texts = new ArrayList<>(sources.kernels().values());
    texts.addAll(sources.headers().values());
    for (String text : texts) {
      Matcher include = INCLUDE.matcher(text);
      while (include.find()) {
        assertTrue(sources.headers().containsKey(include.group(1)), include.group());
      }
    }
  }

  private static KernelSources of(String kernel, String headerName, String header) {
    return new KernelSources(
        new TreeMap<>(Map.of("a.cu", kernel)), new TreeMap<>(Map.of(headerName, header)));
  }

  @Test
  void theDigestDependsOnAllThatIsCompiled() {
    String digest = of("kernel", "h", "header").digest("a.cu", "sm_90");
    assertEquals(64, digest.length());
    assertEquals(digest, of("kernel", "h", "header").digest("a.cu", "sm_90"));
    assertNotEquals(digest, of("kernel2", "h", "header").digest("a.cu", "sm_90"));
    assertNotEquals(digest, of("kernel", "h2", "header").digest("a.cu", "sm_90"));
    assertNotEquals(digest, of("kernel", "h", "header2").digest("a.cu", "sm_90"));
    assertNotEquals(digest, of("kernel", "h", "header").digest("a.cu", "sm_89"));
    assertNotEquals(
        of("ab", "h", "c").digest("a.cu", "sm_90"), of("a", "bh", "c").digest("a.cu", "sm_90"));
  }
}
