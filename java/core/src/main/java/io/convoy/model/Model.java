// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Devices;
import io.convoy.data.Dataset;
import io.convoy.data.DatasetInfo;
import io.convoy.graph.Value;
import io.convoy.losses.Loss;
import io.convoy.metrics.Metric;
import io.convoy.optimizers.Optimizer;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network on a device, with weights. It owns the device and must be closed. Not thread-safe;
 * several models may live in one process.
 */
public final class Model implements AutoCloseable {
  private final Network network;
  private final Loss loss;
  private final List<Metric> metrics;
  private final ModelGraph model;
  private final Session session;
  private final Evaluator evaluator;
  private final Predictor predictor;
  private final ModelState state;
  private final String deviceReason;
  private DatasetInfo datasetInfo = DatasetInfo.numbered(0);

  Model(
      Network network,
      Optional<Optimizer> optimizer,
      Loss loss,
      List<Metric> metrics,
      CompileOptions options) {
    this.network = network;
    this.loss = loss;
    this.metrics = List.copyOf(metrics);
    Optional<Optimizer> scaled = optimizer.map(o -> options.scaled(o));
    this.model = new ModelGraph(network, scaled, loss, this.metrics, options.seed());
    Devices.Choice choice = Devices.open(options.device());
    this.deviceReason = choice.reason();
    this.session = new Session(model.graph, choice.backend(), options.precision());
    this.evaluator = new Evaluator(model, session, this.metrics);
    this.predictor = new Predictor(model, session);
    this.state = new ModelState(model, session);
  }

  /**
   * Trains.
   *
   * @param data the training set
   * @param options epochs, batch size, validation, callbacks
   * @return what each epoch brought
   * @throws IllegalArgumentException if data and network don't fit, or a batch is larger than the
   *     data
   * @throws IllegalStateException if the model was loaded without an optimizer
   * @throws NonFiniteLossException if the loss becomes NaN or infinite
   */
  public History fit(Dataset data, FitOptions options) {
    model.requireTraining();
    return FitLoop.of(this, data, options).run();
  }

  /**
   * Measures loss and metrics.
   *
   * @param data a data set, whose weights, if it has any, count in the loss
   * @param batchSize instances a step
   * @return means over the set
   * @throws IllegalArgumentException if data and network don't fit
   */
  public Evaluation evaluate(Dataset data, int batchSize) {
    requireFits(data);
    return evaluator.evaluate(data, batchSize, List.of(), (step, from, count) -> {});
  }

  /**
   * Measures loss and metrics, and shows what the network made of each batch: for what sums can't
   * be kept of, in the same pass.
   *
   * @param data as in {@link #evaluate(Dataset, int)}
   * @param batchSize instances a step
   * @param outputs is shown the network's outputs, batch by batch, in the order of the data
   * @return loss and metrics of the set
   * @throws IllegalArgumentException if data and network don't fit
   */
  public Evaluation evaluate(Dataset data, int batchSize, BatchOutputs outputs) {
    requireFits(data);
    return evaluator.evaluate(
        data,
        batchSize,
        List.of(model.predictions),
        (step, from, count) -> outputs.accept(from, count, step.output(1).asFloatBuffer()));
  }

  /**
   * Computes by what a step would change the weights, without a step: to look at.
   *
   * @param data whose first instances make up a batch, each counting alike
   * @param count how many, at least 1
   * @return the gradient of the mean training loss by each trainable weight, by the weight's name
   * @throws IllegalArgumentException if data and network don't fit, or there are fewer instances
   * @throws IllegalStateException if the model was loaded without an optimizer
   */
  public Map<String, Tensor> gradients(Dataset data, int count) {
    requireFits(data);
    return evaluator.gradients(data, count);
  }

  /**
   * Predicts.
   *
   * @param instances {@code [N, ...]} with the network's input shape
   * @return the network's output {@code [N, ...]}
   * @throws IllegalArgumentException if the shape does not fit
   */
  public Tensor predict(Tensor instances) {
    return predictor.predict(instances);
  }

  /**
   * Predicts, and keeps what layers put out on the way.
   *
   * @param instances {@code [N, ...]} with the network's input shape, run as one batch
   * @param layers their names
   * @return the layers' outputs {@code [N, ...]} in inference, by name, in the wanted order
   * @throws IllegalArgumentException if the shape does not fit, or there is no layer of a name
   */
  public Map<String, Tensor> outputs(Tensor instances, List<String> layers) {
    return predictor.outputs(instances, layers);
  }

  /**
   * Checks that the network takes a data set's instances and knows its classes.
   *
   * @param data a data set
   * @throws IllegalArgumentException if not; the message says why
   */
  public void requireFits(Dataset data) {
    model.requireFits(data);
  }

  TrainingSteps trainingSteps(Dataset data, FitOptions options) {
    return TrainingSteps.of(model, session, data, options);
  }

  LearningRate learningRate() {
    return model.learningRate(session);
  }

  Sums trainingSums() {
    return new Sums(session, model.trainingSums());
  }

  LossWatch lossWatch(Sums sums) {
    return new LossWatch(sums, session.readback(model.trainingSums().get(0)));
  }

  Evaluation read(Sums sums, long instances) {
    return evaluator.read(sums, instances);
  }

  /**
   * Returns the architecture.
   *
   * @return the network
   */
  public Network network() {
    return network;
  }

  /**
   * Returns what is minimised.
   *
   * @return the loss
   */
  public Loss loss() {
    return loss;
  }

  /**
   * Returns what else is reported.
   *
   * @return the metrics, in the order of compilation
   */
  public List<Metric> metrics() {
    return metrics;
  }

  /**
   * Tells what instances and classes stand for.
   *
   * @return of the data of the last {@code fit}, or of the file; without names before both
   */
  public DatasetInfo datasetInfo() {
    return datasetInfo;
  }

  void setDatasetInfo(DatasetInfo info) {
    datasetInfo = info;
  }

  /**
   * Returns what the classes are called.
   *
   * @return a name for each output, two for a single output; the number where none is known
   */
  public List<String> classNames() {
    return datasetInfo.names(Math.max(2, model.predictions.shape().elementsPerRow()));
  }

  /**
   * Returns the key of the model's random numbers.
   *
   * @return the seed
   */
  public long seed() {
    return model.graph.seed();
  }

  /**
   * Returns the device.
   *
   * @return what it is
   */
  public DeviceInfo device() {
    return session.backend().device();
  }

  /**
   * Tells why this device was taken.
   *
   * @return one line for people
   */
  public String deviceReason() {
    return deviceReason;
  }

  /**
   * Counts the network's weights.
   *
   * @return parameters, trainable or not
   */
  public long parameters() {
    return state.parameters();
  }

  /**
   * Counts the weights that optimizers update.
   *
   * @return parameters, without frozen ones and the moving means and variances of batch
   *     normalisation
   */
  public long trainableParameters() {
    return state.trainableParameters();
  }

  /**
   * Reads the network's weights: of those that the optimizer keeps an average of, the average.
   *
   * @return tensors by the names {@code layer/weight}, in the order of the layers
   */
  public Map<String, Tensor> weights() {
    return state.weights();
  }

  /**
   * Reads everything that changes while training: weights, optimizer state, step, sums.
   *
   * @return tensors by name
   */
  public Map<String, Tensor> state() {
    return state.all();
  }

  /**
   * Sets the network's weights, and the averages that the optimizer keeps of them.
   *
   * @param values tensors by the names of {@link #weights}
   * @throws IllegalArgumentException if names or shapes differ; nothing is changed then
   */
  public void setWeights(Map<String, Tensor> values) {
    state.setWeights(values);
  }

  /**
   * Sets everything that changes while training.
   *
   * @param values tensors by the names of {@link #state}
   * @throws IllegalArgumentException if names or shapes differ; nothing is changed then
   */
  public void setState(Map<String, Tensor> values) {
    state.setAll(values);
  }

  /**
   * Takes over the weights of another model's file, layer by layer and by name: to begin with what
   * it has learnt, and another head. A layer takes all its weights or, where names or shapes
   * differ, none.
   *
   * @param file what {@link #save} wrote, or any safetensors file with weights {@code layer/weight}
   * @return which layers took them over
   * @throws IOException if it can't be read, or no layer of it fits; the message says why
   */
  public LoadedWeights loadWeights(Path file) throws IOException {
    return state.load(file, network.name());
  }

  /**
   * Saves architecture and weights as safetensors, atomically.
   *
   * @param file where to
   * @throws IOException if it can't be written; an older file then stays as it was
   */
  public void save(Path file) throws IOException {
    TrainedNetwork.of(this).save(file);
  }

  /**
   * Loads a model for inference on the best device that works.
   *
   * @param file what {@link #save} wrote
   * @return the model, owned by the caller
   * @throws IOException if it can't be read or is no model file; the message says why
   */
  public static Model load(Path file) throws IOException {
    return load(file, CompileOptions.defaults());
  }

  /**
   * Loads a model for inference.
   *
   * @param file what {@link #save} wrote
   * @param options device and seed
   * @return the model, owned by the caller
   * @throws IOException if it can't be read or is no model file; the message says why
   */
  public static Model load(Path file, CompileOptions options) throws IOException {
    return TrainedNetwork.load(file).compile(options);
  }

  /**
   * Returns the prepared training step for a batch size: for benchmarks and tools.
   *
   * @param batchSize instances a step
   * @return the step, owned by the model
   */
  public Step trainingStep(int batchSize) {
    return session.prepare(List.of(model.requireTraining().step), model.shapes(batchSize));
  }

  /**
   * Returns the prepared inference step for a batch size: for benchmarks and tools.
   *
   * @param batchSize instances a step
   * @return the step, owned by the model; its fetch 0 are the predictions
   */
  public Step inferenceStep(int batchSize) {
    return predictor.step(batchSize);
  }

  /**
   * Returns where instances enter.
   *
   * @return the placeholder of features
   */
  public Value features() {
    return model.x;
  }

  /**
   * Returns where labels enter.
   *
   * @return the placeholder of labels
   */
  public Value labels() {
    return model.y;
  }

  /** Frees the device and all that is on it. Idempotent. */
  @Override
  public void close() {
    session.close();
  }
}
