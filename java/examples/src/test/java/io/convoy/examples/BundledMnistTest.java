// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.DataSplits;
import io.convoy.data.Mnist;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The bundled data is the real MNIST, complete. */
class BundledMnistTest {
  private static final String SHA_256 =
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db";

  @Test
  void trainingImagesAreTheOriginals() throws IOException, NoSuchAlgorithmException {
    try (InputStream in =
        new GZIPInputStream(
            Mnist.class.getResourceAsStream("/io/convoy/mnist/train-images-idx3-ubyte.gz"))) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      assertEquals(SHA_256, HexFormat.of().formatHex(digest));
    }
  }

  @Test
  void allInstancesAreThere() throws IOException {
    DataSplits mnist = Mnist.load();
    assertEquals(60_000, mnist.train().size());
    assertEquals(10_000, mnist.test().size());
    assertEquals(10, mnist.train().classes());
  }
}
