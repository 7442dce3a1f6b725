// SPDX-License-Identifier: Apache-2.0
package io.convoy.workshop;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.display.DisplayData;

/** Puts pictures into the output of the notebook's cell that calls it. */
public final class Show {
  private Show() {}

  /**
   * Shows a drawing.
   *
   * @param svg a whole SVG document
   */
  public static void svg(String svg) {
    MainApp.kernel.display(drawing(svg));
  }

  /**
   * Shows an image, pixel by pixel.
   *
   * @param image any image that can be written as PNG
   */
  public static void image(RenderedImage image) {
    MainApp.kernel.display(pixels(image));
  }

  static DisplayData drawing(String svg) {
    return data("image/svg+xml", svg);
  }

  /** The kernel's own renderer leaves out the last bytes of a PNG, so it is encoded here. */
  static DisplayData pixels(RenderedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return data("image/png", Base64.getEncoder().encodeToString(png.toByteArray()));
  }

  private static DisplayData data(String type, String content) {
    DisplayData data = DisplayData.fromText("a picture");
    data.putData(type, content);
    return data;
  }
}
