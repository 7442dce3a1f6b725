// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.DType;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Goes through a dataset in batches, all of them in the tensors of the first. */
final class BatchIterator implements Iterator<Batch> {
  private final Dataset data;
  private Batch batch;
  private FloatBuffer features;
  private IntBuffer labels;
  private int from;

  BatchIterator(Dataset data, int size) {
    this.data = data;
    allocate(Math.min(size, data.size()));
  }

  private void allocate(int size) {
    TensorSpec images = new TensorSpec(DType.FLOAT32, data.instanceShape().batched());
    batch = new Batch(Tensor.zeros(images.withBatch(size)), Tensor.zeros(TensorSpec.i32(size)));
    features = batch.features().floatBuffer();
    labels = batch.labels().intBuffer();
  }

  @Override
  public boolean hasNext() {
    return from < data.size();
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + data.size() + " instances were given");
    }
    if (data.size() - from < batch.size()) {
      allocate(data.size() - from);
    }
    for (int row = 0; row < batch.size(); row++) {
      data.copy(from + row, row, features, labels);
    }
    from += batch.size();
    return batch;
  }
}
