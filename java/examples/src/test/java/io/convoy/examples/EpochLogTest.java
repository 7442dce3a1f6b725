// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.callbacks.CsvLogger;
import io.convoy.callbacks.JsonLogger;
import io.convoy.model.EpochResult;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Position;
import io.convoy.optimizers.Optimizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with a line an epoch, held to the history that the fit returns. */
class EpochLogTest {
  private static Model model;

  @TempDir Path folder;

  @BeforeAll
  static void compile() {
    model = SmallFit.compile(Optimizers.sgd(0.1), "cpu");
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private List<EpochResult> fit(FitOptions options) {
    CsvLogger csv = new CsvLogger(folder.resolve("log.csv"));
    JsonLogger json = new JsonLogger(folder.resolve("log.jsonl"));
    return model.fit(SmallFit.DATA, options.callbacks(csv, json)).epochs();
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private static List<String> csv(List<EpochResult> epochs) {
    List<String> lines = new ArrayList<>();
    lines.add("epoch,loss,accuracy,val_loss,val_accuracy,seconds,images_per_second");
    for (EpochResult e : epochs) {
      double loss = e.training().loss();
      double valLoss = e.validation().orElseThrow().loss();
      String training = e.epoch() + "," + loss + "," + e.training().accuracy() + ",";
      String validation = valLoss + "," + e.validation().orElseThrow().accuracy() + ",";
      lines.add(training + validation + e.seconds() + "," + e.imagesPerSecond());
    }
    return lines;
  }

  private static List<String> json(List<EpochResult> epochs) {
    List<String> lines = new ArrayList<>();
    String[] names = csv(List.of()).get(0).split(",");
    for (String line : csv(epochs).subList(1, epochs.size() + 1)) {
      String[] values = line.split(",");
      StringBuilder object = new StringBuilder();
      for (int i = 0; i < names.length; i++) {
        object.append(i == 0 ? '{' : ',').append('"').append(names[i]).append("\":");
        object.append(values[i]);
      }
      lines.add(object.append('}').toString());
    }
    return lines;
  }

  @Test
  void eachEpochIsALine() throws IOException {
    List<EpochResult> epochs = fit(SmallFit.epochs(2));
    assertEquals(csv(epochs), lines("log.csv"));
    assertEquals(json(epochs), lines("log.jsonl"));
    fit(SmallFit.epochs(1));
    assertEquals(2, lines("log.csv").size(), "another fit begins anew");
    assertEquals(1, lines("log.jsonl").size(), "another fit begins anew");
  }

  /** The interrupted fit had written one more epoch than its checkpoint knows. */
  @Test
  void aFitThatGoesOnHasEachOfItsEpochsOnce() throws IOException {
    List<EpochResult> two = fit(SmallFit.epochs(2));
    Position afterOne = new Position(1, 0, 0, two.subList(0, 1));
    List<EpochResult> three = fit(SmallFit.epochs(3).from(afterOne));
    assertEquals(csv(three), lines("log.csv"));
    assertEquals(json(three), lines("log.jsonl"));
  }

  @Test
  void aColumnThatAnEpochLacksIsEmpty() throws IOException {
    List<EpochResult> one = fit(SmallFit.epochs(1).validationSplit(0));
    assertEquals("epoch,loss,accuracy,seconds,images_per_second", lines("log.csv").get(0));
    fit(SmallFit.epochs(2).from(new Position(1, 0, 0, one)));
    assertEquals(csv(one.subList(0, 0)).get(0), lines("log.csv").get(0));
    String first = "1," + one.get(0).training().loss() + "," + one.get(0).training().accuracy();
    assertTrue(lines("log.csv").get(1).startsWith(first + ",,,"), lines("log.csv").get(1));
    assertTrue(lines("log.csv").get(2).startsWith("2,"), lines("log.csv").get(2));
  }

  @Test
  void aFileThatCannotBeWrittenIsMissedBeforeTheFirstStep() {
    CsvLogger csv = new CsvLogger(folder.resolve("missing/log.csv"));
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class, () -> model.fit(SmallFit.DATA, SmallFit.epochs(1, csv)));
    assertTrue(e.getMessage().contains("there is no folder"), e.getMessage());
  }
}
