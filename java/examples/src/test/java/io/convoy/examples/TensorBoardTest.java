// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.examples.EventReader.files;
import static io.convoy.examples.EventReader.scalars;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArrayDataset;
import io.convoy.data.Mnist;
import io.convoy.graph.Node;
import io.convoy.model.EpochResult;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Position;
import io.convoy.optimizers.Optimizers;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.Shape;
import io.convoy.tensorboard.TensorBoard;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.TensorShapeProto;

/** What TensorBoard gets, read back with TensorFlow's own classes. */
class TensorBoardTest {
  private static Model model;

  @TempDir Path folder;

  @BeforeAll
  static void compile() {
    Schedule cosine = new Schedule.CosineDecay(2 * SmallFit.STEPS, 0.5f);
    model = SmallFit.compile(Optimizers.sgd(0.1).schedule(cosine), "cpu");
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private List<EpochResult> fit(TensorBoard board, FitOptions options) {
    return model.fit(SmallFit.DATA, options.callbacks(board)).epochs();
  }

  private List<Event> read(String run) throws IOException {
    List<Path> files = files(folder.resolve(run));
    assertEquals(1, files.size());
    return EventReader.read(files.get(0));
  }

  @Test
  void filesAreNamedByTimeAndHost() throws IOException {
    fit(new TensorBoard(folder), SmallFit.epochs(1));
    fit(new TensorBoard(folder), SmallFit.epochs(1));
    List<Path> files = files(folder.resolve("train"));
    assertEquals(2, files.size(), "also in one second");
    for (Path file : files) {
      String name = file.getFileName().toString();
      assertTrue(name.matches("events\\.out\\.tfevents\\.[0-9]{10}\\..+"), name);
    }
  }

  @Test
  void epochsAreScalars() throws IOException {
    List<EpochResult> epochs = fit(new TensorBoard(folder), SmallFit.epochs(2));
    List<Event> train = read("train");
    List<Event> validation = read("validation");
    for (EpochResult epoch : epochs) {
      long step = epoch.epoch();
      assertEquals((float) epoch.training().loss(), scalars(train, "epoch_loss").get(step));
      assertEquals((float) epoch.training().accuracy(), scalars(train, "epoch_accuracy").get(step));
      float speed = (float) epoch.imagesPerSecond();
      assertEquals(speed, scalars(train, "epoch_images_per_second").get(step));
      float loss = (float) epoch.validation().orElseThrow().loss();
      assertEquals(loss, scalars(validation, "epoch_loss").get(step));
      float accuracy = (float) epoch.validation().orElseThrow().accuracy();
      assertEquals(accuracy, scalars(validation, "epoch_accuracy").get(step));
    }
    assertEquals(Set.of(1L, 2L), scalars(train, "epoch_loss").keySet());
    assertEquals(Map.of(), scalars(train, "batch_loss"), "unless it is asked for");
  }

  /** A new model, whose steps are at the beginning of its cosine. */
  @Test
  void theRateIsThatOfTheScheduleAfterTheEpoch() throws IOException {
    Schedule cosine = new Schedule.CosineDecay(2 * SmallFit.STEPS, 0.5f);
    try (Model fresh = SmallFit.compile(Optimizers.sgd(0.1).schedule(cosine), "cpu")) {
      fresh.fit(SmallFit.DATA, SmallFit.epochs(2, new TensorBoard(folder)));
    }
    Map<Long, Float> rates = scalars(read("train"), "epoch_learning_rate");
    assertEquals(0.075, rates.get(1L), 1e-8);
    assertEquals(0.05, rates.get(2L), 1e-8);
  }

  @Test
  void stepsAreCountedOverTheWholeFit() throws IOException {
    List<EpochResult> epochs = fit(new TensorBoard(folder).everySteps(3), SmallFit.epochs(3));
    Map<Long, Float> losses = scalars(read("train"), "batch_loss");
    assertEquals(List.of(3L, 6L, 9L, 12L), new ArrayList<>(losses.keySet()));
    assertEquals((float) epochs.get(2).training().loss(), losses.get(12L), "the epoch's mean");
  }

  @Test
  void withoutValidationThereIsNoRunOfIt() {
    fit(new TensorBoard(folder), SmallFit.epochs(1).validationSplit(0));
    assertFalse(Files.exists(folder.resolve("validation")));
  }

  @Test
  void aFitThatGoesOnBeginsAFileWithoutTheGraph() throws IOException {
    List<EpochResult> one = fit(new TensorBoard(folder), SmallFit.epochs(1));
    TensorBoard board = new TensorBoard(folder).everySteps(4).images(SmallFit.DATA, 1);
    fit(board, SmallFit.epochs(2).from(new Position(1, 0, 0, one)));
    List<Path> files = files(folder.resolve("train"));
    List<Event> second = EventReader.read(files.get(1));
    assertEquals(Set.of(2L), scalars(second, "epoch_loss").keySet());
    assertEquals(Set.of(8L), scalars(second, "batch_loss").keySet());
    assertTrue(second.stream().allMatch(event -> event.getGraphDef().isEmpty()));
    assertEquals(Map.of(), EventReader.values(second, "images/0"));
  }

  @Test
  void theGraphHasTheModelsNodes() throws IOException {
    fit(new TensorBoard(folder), SmallFit.epochs(1));
    List<Event> graphs =
        read("train").stream().filter(event -> !event.getGraphDef().isEmpty()).toList();
    assertEquals(1, graphs.size());
    List<NodeDef> nodes = GraphDef.parseFrom(graphs.get(0).getGraphDef()).getNodeList();
    List<Node> expected = model.features().graph().nodes();
    assertEquals(
        expected.stream().map(Node::name).toList(), nodes.stream().map(NodeDef::getName).toList());
    Set<String> known = new HashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      assertInputs(expected.get(i), nodes.get(i), known);
      known.add(nodes.get(i).getName());
    }
    NodeDef step = nodes.stream().filter(n -> n.getOp().equals("Group")).findFirst().orElseThrow();
    assertTrue(step.getInputList().stream().allMatch(i -> i.startsWith("^")), step.toString());
    NodeDef input = nodes.get(0);
    assertEquals("Placeholder", input.getOp());
    assertEquals(List.of(-1L, 6L, 5L, 3L), dims(input));
    NodeDef conv =
        nodes.stream().filter(n -> n.getName().equals("conv2d/Conv2D")).findFirst().orElseThrow();
    assertEquals(List.of(input.getName(), "conv2d/kernel"), conv.getInputList());
    assertEquals(List.of(-1L, 4L, 3L, 4L), dims(conv));
    String settings = conv.getAttrOrThrow("settings").getS().toStringUtf8();
    assertTrue(settings.contains("Conv2D["), settings);
  }

  /** TensorFlow wants inputs that only order nodes last, marked by a circumflex. */
  private static void assertInputs(Node expected, NodeDef node, Set<String> known) {
    assertEquals(expected.inputs().size(), node.getInputCount(), node.getName());
    boolean control = false;
    for (String input : node.getInputList()) {
      assertTrue(input.startsWith("^") || !control, node.getName());
      control = input.startsWith("^");
      assertTrue(known.contains(input.replaceAll("^\\^|:[0-9]+$", "")), input);
    }
  }

  private static List<Long> dims(NodeDef node) {
    TensorShapeProto shape = node.getAttrOrThrow("_output_shapes").getList().getShape(0);
    return shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void imagesAreKeptAsPng(int channels) throws IOException {
    float[] pixels = new float[2 * 4 * 7 * channels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 1.5f * i / pixels.length - 0.25f; // some are below black or above white
    }
    ArrayDataset images = new ArrayDataset(Shape.of(4, 7, channels), 1, pixels, new int[2]);
    fit(new TensorBoard(folder).images(images, 3), SmallFit.epochs(1));
    List<Event> events = read("train");
    for (int n = 0; n < 2; n++) {
      Summary.Image image = EventReader.values(events, "images/" + n).get(0L).getImage();
      assertEquals(List.of(4, 7), List.of(image.getHeight(), image.getWidth()));
      assertEquals(channels, image.getColorspace());
      BufferedImage decoded = ImageIO.read(image.getEncodedImageString().newInput());
      assertEquals(channels, decoded.getRaster().getNumBands());
      for (int i = 0; i < 4 * 7 * channels; i++) {
        float value = pixels[n * 4 * 7 * channels + i];
        int expected = (int) (Math.min(Math.max(value, 0), 1) * 255 + 0.5f);
        int pixel = i / channels;
        int actual = decoded.getRaster().getSample(pixel % 7, pixel / 7, i % channels);
        assertEquals(expected, actual, "element " + i);
      }
    }
    assertEquals(Map.of(), EventReader.values(events, "images/2"));
  }

  @Test
  void whatCannotBeShownIsRefused() {
    TensorBoard board = new TensorBoard(folder);
    ArrayDataset two = new ArrayDataset(Shape.of(4, 4, 2), 1, new float[32], new int[1]);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> board.images(two, 1));
    assertTrue(e.getMessage().contains("[4, 4, 2]"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> board.images(SmallFit.DATA, 0));
    assertThrows(IllegalArgumentException.class, () -> board.everySteps(0));
  }

  /** The program of the README. */
  @Test
  void theExampleIsShown() throws IOException {
    List<EpochResult> epochs =
        WatchedFit.train(Mnist.load().train().range(0, 160), folder).epochs();
    assertEquals(epochs.size(), scalars(read("train"), "epoch_loss").size());
    assertEquals(epochs.size(), scalars(read("validation"), "epoch_accuracy").size());
  }
}
