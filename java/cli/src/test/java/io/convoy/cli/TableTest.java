// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables: trained on, measured, predicted, gone on with. */
class TableTest {
  private static final List<String> SPECIES = List.of("ant", "bee", "cat");

  @TempDir Path temp;
  private Path table;
  private Path out;
  private Path last;

  @BeforeEach
  void write() throws IOException {
    table = write("animals.csv", 150, 1, 0);
    out = temp.resolve("run");
    last = out.resolve("last.safetensors");
  }

  /** The species follows from length and colour together; {@code shift} moves all lengths. */
  private Path write(String name, int rows, long seed, double shift) throws IOException {
    StringBuilder text = new StringBuilder("length,colour,legs,species\n");
    Random random = new Random(seed);
    for (int row = 0; row < rows; row++) {
      boolean red = random.nextBoolean();
      boolean large = random.nextBoolean();
      double length = (large ? 50 : 10) + 3 * random.nextGaussian() + shift;
      String species = SPECIES.get(large ? red ? 2 : 1 : 0);
      text.append(length).append(red ? ",red," : ",blue,").append(large ? 4 : 6).append(',');
      text.append(species).append('\n');
    }
    return Files.writeString(temp.resolve(name), text);
  }

  private List<String> train(Object... more) {
    Object[] first = {"train", table, "--target", "species", "--out", out};
    return Cli.run(Stream.concat(Stream.of(first), Stream.of(more)).toArray())
        .mustSucceed()
        .out()
        .lines()
        .toList();
  }

  @Test
  void aTableIsTrainedMeasuredAndPredicted() throws IOException {
    List<String> lines =
        train(
            "--epochs", 20, "--validation-split", 0.25, "--test-split", 0.2, "--discrete", "legs");
    assertTrue(lines.get(1).startsWith("model       mlp, "), lines.get(1));
    assertTrue(lines.get(2).endsWith(", 90 rows for training, 30 for validation"), lines.get(2));
    assertTrue(lines.get(3).matches("classes     ant: \\d+, bee: \\d+, cat: \\d+"), lines.get(3));
    assertTrue(lines.get(lines.size() - 2).contains("accuracy 1.0000, 30 rows"), lines::toString);

    String held = evaluate(table, "--test-split", 0.2);
    assertTrue(held.contains("accuracy 1.0000, 30 rows"), held);
    assertTrue(held.contains("true \\ predicted  ant  bee  cat"), held);
    String other = evaluate(write("other.csv", 40, 2, 0));
    assertTrue(other.contains("accuracy 1.0000, 40 rows"), other);

    Path asked =
        Files.writeString(temp.resolve("asked.csv"), "legs,colour,length\n4,red,52\n6,blue,9\n");
    List<String> told = Cli.run("predict", last, asked).mustSucceed().out().lines().toList();
    assertEquals(asked.toString(), told.get(0));
    assertTrue(told.get(1).matches("  1  cat  [01]\\.\\d{4}"), told.get(1));
    assertTrue(told.get(2).matches("  2  ant  [01]\\.\\d{4}"), told.get(2));
  }

  private String evaluate(Path data, Object... more) {
    Object[] first = {"evaluate", last, data};
    return Cli.run(Stream.concat(Stream.of(first), Stream.of(more)).toArray()).mustSucceed().out();
  }

  /** Were it measured anew, moved lengths would become the same features. */
  @Test
  void anotherTableIsEncodedAsTheModelLearned() throws IOException {
    train("--epochs", 20);
    String moved = evaluate(write("moved.csv", 60, 3, -40));
    assertTrue(!moved.contains("accuracy 1.0000"), moved);
    table = write("moved.csv", 150, 3, -40);
    out = temp.resolve("more");
    Path before = last;
    String first = train("--model", before, "--epochs", 1, "--learning-rate", 1e-9).get(5);
    assertTrue(!first.contains("val_accuracy 1.0000"), first);
  }

  @Test
  void aRunIsResumedWithItsArguments() throws IOException {
    train("--epochs", 1);
    String arguments = Files.readString(out.resolve("run.json"));
    for (String word : List.of("--target=species", "--model=mlp", "--batch-size=32")) {
      assertTrue(arguments.contains(word), arguments);
    }
    Cli.run("train", "--resume", out, "--target", "legs")
        .mustFail(2, "begun with --target species, not legs");
    Cli.run("train", "--resume", out, "--model", "lenet5").mustFail(2, "--model mlp, not lenet5");
    Cli.run("train", "--resume", out).mustSucceed();
  }

  @Test
  void whatCantBeUsedIsNamed() throws IOException {
    Cli.run("train", table).mustFail(2, "wants --target", "length, colour, legs, species");
    Cli.run("train", table, "--target", "colr").mustFail(1, "has no column 'colr'", "colour");
    Cli.run("train", table, "--target", "species", "--discrete", "leg")
        .mustFail(1, "has no column 'leg'");
    Cli.run("train", temp.resolve("no.csv"), "--target", "a").mustFail(1, "there is no file");
    Cli.run("train", "mnist", "--target", "a").mustFail(2, "for tables", "'mnist' is none");
    Cli.run("train", "mnist", "--test-split", 0.1).mustFail(2, "'mnist' has its own test set");
    Cli.run("train", table, "--test-split", 1).mustFail(2, "above 0 and below 1, is 1.0");
    Cli.run("train", table, "--data", temp)
        .mustFail(2, "--data is one's own copy of fashion-mnist");
    Path few = Files.writeString(temp.resolve("few.csv"), "a,b\n1,x\n");
    Cli.run("train", few, "--target", "b")
        .mustFail(1, "few.csv', test set: ", "both need at least");
    Cli.run("train", table, "--target", "species", "--model", "workshop", "--out", out)
        .mustFail(1, "wants an image", "got [?, 4]");
  }

  @Test
  void modelsAndTablesThatDontFitAreNamed() throws IOException {
    train("--epochs", 1);
    Path asked = Files.writeString(temp.resolve("asked.csv"), "length,colour\n1,red\n");
    Cli.run("predict", last, asked).mustFail(1, "asked.csv' has no column 'legs'");
    Files.writeString(asked, "length,colour,legs\n1,green,6\n");
    Cli.run("predict", last, asked)
        .mustFail(1, "line 2, column 'colour': 'green' is none of the 2");
    Cli.run("train", table, "--model", last, "--target", "legs")
        .mustFail(2, "the model learned the column 'species', not 'legs'");
    Path idx = IdxFiles.write(temp.resolve("idx"), 40, 12);
    Path images = temp.resolve("images");
    Cli.run("train", idx, "--model", "lenet5", "--batch-size", 8, "--epochs", 1, "--out", images)
        .mustSucceed();
    Cli.run("evaluate", images.resolve("last.safetensors"), table)
        .mustFail(1, "was not trained on a table", "Name a model that was");
  }
}
