// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.contest.Batch;
import io.convoy.contest.Contestant;
import io.convoy.contest.Net;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.session.Step;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/** Convoy under the rules of the contest. A step's end is awaited by reading its fetch. */
public final class ConvoyEntry implements Contestant {
  private static final long SEED = 1;

  private final Model model;
  private final Map<Integer, Prepared> training = new HashMap<>();
  private final Map<Integer, Prepared> inference = new HashMap<>();

  /** A step and its inputs, kept so that nothing is made anew in a step. */
  private record Prepared(Step step, FloatBuffer images, IntBuffer labels) {}

  /**
   * Builds a net.
   *
   * @param net which
   * @param device what {@code --device} takes
   */
  public ConvoyEntry(Net net, String device) {
    this(NetModel.compile(net, CompileOptions.defaults().device(device).seed(SEED)));
  }

  /**
   * Takes a compiled model.
   *
   * @param model closed with the entry; trains on sparse labels
   */
  public ConvoyEntry(Model model) {
    this.model = model;
  }

  @Override
  public long parameters() {
    return model.trainableParameters();
  }

  @Override
  public void train(Batch batch) {
    Prepared prepared = training.get(batch.size());
    if (prepared == null) {
      prepared = prepareTraining(batch.size());
      training.put(batch.size(), prepared);
    }
    prepared.images.put(0, batch.nhwc(), 0, batch.nhwc().capacity());
    prepared.labels.put(0, batch.labels());
    prepared.step.run();
    prepared.step.output(0);
  }

  private Prepared prepareTraining(int size) {
    Step step = model.trainingStep(size);
    return new Prepared(
        step,
        step.input(model.features()).asFloatBuffer(),
        step.input(model.labels()).asIntBuffer());
  }

  @Override
  public void infer(Batch batch, float[] probabilities) {
    Prepared prepared = inference.get(batch.size());
    if (prepared == null) {
      prepared = prepareInference(batch.size());
      inference.put(batch.size(), prepared);
    }
    prepared.images.put(0, batch.nhwc(), 0, batch.nhwc().capacity());
    prepared.step.run();
    prepared.step.output(0).asFloatBuffer().get(0, probabilities);
  }

  private Prepared prepareInference(int size) {
    Step step = model.inferenceStep(size);
    return new Prepared(step, step.input(model.features()).asFloatBuffer(), IntBuffer.allocate(0));
  }

  @Override
  public void close() {
    model.close();
  }
}
