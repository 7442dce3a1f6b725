// SPDX-License-Identifier: Apache-2.0
package io.convoy.workshop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The outputs in the repository are of this code, of one run from top to bottom. */
class OutputsTest {
  private static final int MOST_BYTES = 400_000;

  static Stream<Notebook> notebooks() throws IOException {
    return Stream.concat(Notebook.all("en").stream(), Notebook.all("es").stream());
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void areOfThisCode(Notebook notebook) throws NoSuchAlgorithmException {
    String code = String.join("\0", notebook.sources("code"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        HexFormat.of().formatHex(hash),
        notebook.json().getAsJsonObject("metadata").get("outputs_of").getAsString(),
        "the code has changed since it was executed: java/workshop/run write " + notebook);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void areOfOneRun(Notebook notebook) {
    List<JsonObject> cells = notebook.cells("code");
    for (int i = 0; i < cells.size(); i++) {
      assertEquals(
          new JsonPrimitive(i + 1), cells.get(i).get("execution_count"), "cell of code " + i);
      for (JsonElement output : cells.get(i).getAsJsonArray("outputs")) {
        String type = output.getAsJsonObject().get("output_type").getAsString();
        assertFalse(type.equals("error"), "cell of code " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void areSmall(Notebook notebook) {
    assertTrue(notebook.json().toString().length() < MOST_BYTES, notebook.path() + " is too large");
  }
}
