// SPDX-License-Identifier: Apache-2.0
package io.convoy.workshop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ShowTest {
  @Test
  void imagesAreWholePngs() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0xFF123456);
    byte[] png = Base64.getDecoder().decode((String) Show.pixels(image).data().get("image/png"));
    assertEquals("IEND", new String(png, png.length - 8, 4));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(0xFF123456, read.getRGB(1, 0));
  }

  @Test
  void drawingsStayAsTheyAre() {
    assertEquals("<svg/>", Show.drawing("<svg/>").data().get("image/svg+xml"));
  }
}
