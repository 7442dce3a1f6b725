// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.IOException;
import java.util.List;

/**
 * What a dataset comes as: a training set, and a test set that is loaded when it is first asked
 * for, since training can begin without it. Thread-safe.
 */
public final class DataSplits {
  /** Loads a dataset. */
  @FunctionalInterface
  public interface Loader {
    /**
     * Loads.
     *
     * @return the dataset
     * @throws IOException if it can't be read; the message says why and what would help
     */
    Dataset load() throws IOException;
  }

  private final String name;
  private final Dataset train;
  private final Loader loader;
  private Dataset test;

  /**
   * Joins both sets.
   *
   * @param name what the dataset is called
   * @param train the training set
   * @param test loads the test set; called again only after it failed
   */
  public DataSplits(String name, Dataset train, Loader test) {
    this.name = name;
    this.train = train;
    this.loader = test;
  }

  /**
   * Joins both sets, and names their classes.
   *
   * @param name what the dataset is called
   * @param train the training set
   * @param test loads the test set; called again only after it failed
   * @param classNames what each class is called
   * @throws IllegalArgumentException if there are more or fewer names than classes
   */
  public DataSplits(String name, Dataset train, Loader test, List<String> classNames) {
    this(name, train.named(classNames), () -> test.load().named(classNames));
  }

  /**
   * Returns what the dataset is called.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns what the classes are called.
   *
   * @return the names of class 0, 1, …
   */
  public List<String> classNames() {
    return train.info().classNames();
  }

  /**
   * Returns the training set.
   *
   * @return the set, validation part included
   */
  public Dataset train() {
    return train;
  }

  /**
   * Returns the test set, loading it at the first call.
   *
   * @return the set
   * @throws IOException if it can't be read; the message says why and what would help
   */
  public synchronized Dataset test() throws IOException {
    if (test == null) {
      test = loader.load();
    }
    return test;
  }
}
