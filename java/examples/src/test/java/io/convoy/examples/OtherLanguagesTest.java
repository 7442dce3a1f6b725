// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSplits;
import io.convoy.data.Mnist;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Convoy from JShell and from Kotlin. */
class OtherLanguagesTest {
  private static final Pattern ACCURACY = Pattern.compile("test accuracy (0\\.\\d+)");

  @Test
  void theScriptTrainsInJshell() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                "src/main/jshell/digits.jsh")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    Matcher accuracy = ACCURACY.matcher(said);
    assertTrue(accuracy.find(), said);
    assertTrue(Double.parseDouble(accuracy.group(1)) > 0.8, said);
  }

  @Test
  void theProgramTrainsInKotlin() throws IOException {
    DataSplits mnist = Mnist.load();
    double accuracy =
        KotlinWords.INSTANCE.accuracy(mnist.train().take(12_800), mnist.test().take(2_000));
    assertTrue(accuracy > 0.8, "accuracy " + accuracy);
  }
}
