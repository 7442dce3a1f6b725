// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of a fit, held to the history that it returns. */
class FlightRecorderTest {
  @TempDir Path folder;
  private List<EpochResult> epochs;

  /** Fits without the recorder, then with it; returns the events of the latter. */
  private List<RecordedEvent> record(FitOptions options) throws IOException {
    Path file = folder.resolve("fit.jfr");
    try (Model model = SmallFit.compile(Optimizers.sgd(0.1), "cpu");
        Recording recording = new Recording()) {
      model.fit(SmallFit.DATA, options);
      recording.enable("io.convoy.Epoch");
      recording.enable("io.convoy.Step");
      recording.start();
      epochs = model.fit(SmallFit.DATA, options).epochs();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals(name))
        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
        .toList();
  }

  @Test
  void anEpochIsAnEvent() throws IOException {
    List<RecordedEvent> events = named("io.convoy.Epoch", record(SmallFit.epochs(2)));
    assertEquals(2, events.size());
    for (int i = 0; i < 2; i++) {
      RecordedEvent event = events.get(i);
      EpochResult result = epochs.get(i);
      assertEquals(result.epoch(), event.getInt("epoch"));
      assertEquals(36, event.getInt("instances"));
      assertEquals(result.training().loss(), event.getDouble("loss"));
      assertEquals(result.imagesPerSecond(), event.getDouble("imagesPerSecond"));
      Evaluation validation = result.validation().orElseThrow();
      assertEquals(validation.loss(), event.getDouble("validationLoss"));
      assertNull(event.getStackTrace());
    }
  }

  @Test
  void withoutValidationItsLossIsNotANumber() throws IOException {
    FitOptions options = SmallFit.epochs(1).validationSplit(0);
    List<RecordedEvent> events = named("io.convoy.Epoch", record(options));
    assertTrue(Double.isNaN(events.get(0).getDouble("validationLoss")));
  }

  @Test
  void aStepIsAnEventWithinItsEpoch() throws IOException {
    List<RecordedEvent> events = record(SmallFit.epochs(2));
    List<Integer> steps = new ArrayList<>();
    List<Integer> instances = new ArrayList<>();
    List<RecordedEvent> recorded = named("io.convoy.Step", events);
    for (int i = 0; i < recorded.size(); i++) {
      RecordedEvent step = recorded.get(i);
      RecordedEvent epoch = named("io.convoy.Epoch", events).get(i / SmallFit.STEPS);
      assertFalse(step.getStartTime().isBefore(epoch.getStartTime()));
      assertFalse(step.getEndTime().isAfter(epoch.getEndTime()));
      assertFalse(step.getDuration().isZero());
      assertNull(step.getStackTrace());
      steps.add(step.getInt("step"));
      instances.add(step.getInt("instances"));
    }
    assertEquals(twice(1, 2, 3, 4), steps);
    assertEquals(twice(10, 10, 10, 6), instances);
  }

  private static List<Integer> twice(Integer... numbers) {
    return Collections.nCopies(2, List.of(numbers)).stream().flatMap(List::stream).toList();
  }
}
