// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples

import io.convoy.data.Dataset
import io.convoy.data.Mnist
import io.convoy.layers.ActivationFunction.RELU
import io.convoy.layers.ActivationFunction.SOFTMAX
import io.convoy.layers.Layers.conv2D
import io.convoy.layers.Layers.dense
import io.convoy.layers.Layers.flatten
import io.convoy.layers.Layers.input
import io.convoy.layers.Layers.maxPooling2D
import io.convoy.losses.Losses.SPARSE_CATEGORICAL_CROSSENTROPY
import io.convoy.metrics.Metrics.ACCURACY
import io.convoy.model.FitOptions.epochs
import io.convoy.model.Sequential
import io.convoy.optimizers.Optimizers.adam

/** Convoy from Kotlin. */
object KotlinWords {
  /** Trains a small network and returns its accuracy on the test set. */
  fun accuracy(train: Dataset, test: Dataset): Double {
    val network =
      Sequential(
        "small",
        input(28, 28, 1),
        conv2D(16, 5).strides(2).activation(RELU),
        maxPooling2D(2),
        flatten(),
        dense(10).activation(SOFTMAX),
      )
    return network.compile(adam(3e-3), SPARSE_CATEGORICAL_CROSSENTROPY, ACCURACY).use { model ->
      model.fit(train, epochs(1).batchSize(64)).epochs().forEach(::println)
      model.evaluate(test, 128).accuracy()
    }
  }

  @JvmStatic
  fun main(args: Array<String>) {
    val mnist = Mnist.load()
    println("test accuracy ${accuracy(mnist.train(), mnist.test())}")
  }
}
