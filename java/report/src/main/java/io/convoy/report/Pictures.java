// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.data.Dataset;
import io.convoy.metrics.Mistake;
import io.convoy.model.LayerInfo;
import io.convoy.model.Model;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pictures of what a model sees, has learned, and makes of an image. */
public final class Pictures {
  private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2D");
  private static final int COLUMNS = 8;
  private static final int MOST_FILTERS = 64;
  private static final int MOST_MAPS = 16;
  private static final int IMAGE_SIDE = 84;
  private static final int FILTER_SIDE = 40;
  private static final int MAP_SIDE = 56;

  private Pictures() {}

  /**
   * Tells whether instances can be shown.
   *
   * @param instance their shape
   * @return true for {@code [height, width, channels]} with 1 or 3 channels
   */
  public static boolean isImage(Shape instance) {
    return instance.rank() == 3 && isShown(instance.dim(2));
  }

  private static boolean isShown(int channels) {
    return channels == 1 || channels == 3;
  }

  /**
   * Shows an instance of a data set.
   *
   * @param data a data set of images
   * @param index which instance
   * @return the image, 0 black and 1 white, or from the least to the greatest number where they are
   *     outside; small ones enlarged to at least 84 pixels
   * @throws IllegalArgumentException if {@link #isImage} is false
   */
  public static BufferedImage instance(Dataset data, int index) {
    Shape shape = data.instanceShape();
    if (!isImage(shape)) {
      throw new IllegalArgumentException(
          "instances " + shape + " are no images [height, width, 1 or 3]; show them as numbers");
    }
    float[] values = values(data, index);
    float[] range = range(values, 0, 1);
    return image(values, shape.dims(), range);
  }

  private static BufferedImage image(float[] values, int[] dims, float[] range) {
    int width = dims[1];
    int channels = dims[2];
    return Pixels.of(
        dims[0],
        width,
        channels,
        (y, x, c) -> values[(y * width + x) * channels + c],
        range[0],
        range[1],
        IMAGE_SIDE);
  }

  private static float[] values(Dataset data, int index) {
    FloatBuffer features = FloatBuffer.allocate((int) data.instanceShape().elements());
    data.copy(index, 0, features, IntBuffer.allocate(1));
    return features.array();
  }

  /** The least and the greatest of numbers and of two more. */
  private static float[] range(float[] values, float low, float high) {
    float[] range = {low, high};
    for (float value : values) {
      range[0] = Math.min(range[0], value);
      range[1] = Math.max(range[1], value);
    }
    return range;
  }

  /**
   * Shows instances of a data set beside each other, as {@link #instance} does.
   *
   * @param data a data set of images
   * @param indices which instances, at least one, in reading order
   * @param columns how many stand in a row, at least 1
   * @return the grid
   * @throws IllegalArgumentException if {@link #isImage} is false, or there is nothing to show
   */
  public static BufferedImage instances(Dataset data, int[] indices, int columns) {
    if (indices.length == 0 || columns < 1) {
      throw new IllegalArgumentException(
          indices.length + " instances in " + columns + " columns: there is nothing to show");
    }
    return Pixels.grid(Arrays.stream(indices).mapToObj(i -> instance(data, i)).toList(), columns);
  }

  /**
   * Shows mistakes beside each other, eight in a row, as {@link #instance} does.
   *
   * @param mistakes at least one
   * @param data the data set that they were made on, of images
   * @return the grid
   */
  public static BufferedImage mistakes(List<Mistake> mistakes, Dataset data) {
    return instances(data, mistakes.stream().mapToInt(Mistake::instance).toArray(), COLUMNS);
  }

  /**
   * Shows the filters of a model's first convolution, the first 64 of them: grey is 0, black and
   * white are the least and the greatest weight, of all filters alike. Filters over three channels
   * are in colour.
   *
   * @param model a model
   * @return the grid; empty if there is no convolution, or its filters have not 1 or 3 channels
   */
  public static Optional<BufferedImage> filters(Model model) {
    return convolutions(model).stream()
        .findFirst()
        .map(layer -> model.weights().get(layer + "/kernel"))
        .filter(kernel -> isShown(kernel.spec().shape().dim(2)))
        .map(Pictures::filters);
  }

  private static BufferedImage filters(Tensor kernel) {
    int[] dims = kernel.spec().shape().dims(); // [height, width, channels, filters]
    float[] weights = kernel.floats();
    float[] range = range(weights, 0, 0);
    float most = Math.max(-range[0], range[1]);
    List<BufferedImage> tiles = new ArrayList<>();
    for (int f = 0; f < Math.min(MOST_FILTERS, dims[3]); f++) {
      int filter = f;
      Pixels.Source source =
          (y, x, c) -> weights[((y * dims[1] + x) * dims[2] + c) * dims[3] + filter];
      tiles.add(Pixels.of(dims[0], dims[1], dims[2], source, -most, most, FILTER_SIDE));
    }
    return Pixels.grid(tiles, COLUMNS);
  }

  /**
   * Shows what each convolution of a model makes of an image: its output, with its activation if it
   * has one itself. Of each layer the first 16 channels are shown, each from its least number in
   * black to its greatest in white.
   *
   * @param model a model of images
   * @param data a data set
   * @param index which instance of it
   * @return a grid for each convolution by the layer's name, in the order of the layers
   * @throws IllegalArgumentException if data and network don't fit
   */
  public static Map<String, BufferedImage> activations(Model model, Dataset data, int index) {
    model.requireFits(data);
    Tensor instance =
        Tensor.of(values(data, index), data.instanceShape().batched().withBatch(1).dims());
    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    List<String> layers = convolutions(model);
    if (!layers.isEmpty()) {
      model.outputs(instance, layers).forEach((name, maps) -> pictures.put(name, maps(maps)));
    }
    return pictures;
  }

  private static BufferedImage maps(Tensor output) {
    int[] dims = output.spec().shape().dims(); // [1, height, width, channels]
    float[] values = output.floats();
    List<BufferedImage> tiles = new ArrayList<>();
    for (int c = 0; c < Math.min(MOST_MAPS, dims[3]); c++) {
      int channel = c;
      Pixels.Source source = (y, x, unused) -> values[(y * dims[2] + x) * dims[3] + channel];
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = channel; i < values.length; i += dims[3]) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
      tiles.add(Pixels.of(dims[1], dims[2], 1, source, low, high, MAP_SIDE));
    }
    return Pixels.grid(tiles, COLUMNS);
  }

  private static List<String> convolutions(Model model) {
    return model.network().layers().stream()
        .filter(layer -> CONVOLUTIONS.contains(layer.type()))
        .map(LayerInfo::name)
        .toList();
  }
}
