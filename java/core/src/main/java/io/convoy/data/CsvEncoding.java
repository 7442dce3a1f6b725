// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Makes features and labels of a table's rows, for networks without convolutions. It is measured on
 * the training rows; others, for a test or to predict, are encoded by the same numbers. A column is
 * continuous if all of its values are decimal numbers: it becomes one feature, (value - mean) /
 * deviation. It is discrete if none is a number, or if it is named so: it becomes one-hot, a
 * feature for each category, in the order of numbers and then of Unicode. Immutable.
 */
public final class CsvEncoding {
  private static final int MAX_VALUES = Integer.MAX_VALUE / Float.BYTES; // of a tensor

  private final CsvColumn.Discrete target;
  private final List<CsvColumn> columns;
  private final int width;

  CsvEncoding(CsvColumn.Discrete target, List<CsvColumn> columns) {
    this.target = target;
    this.columns = List.copyOf(columns);
    this.width = columns.stream().mapToInt(column -> column.features().size()).sum();
  }

  /**
   * Measures an encoding.
   *
   * @param training the rows to measure on
   * @param target the column that holds the classes; all others become features
   * @param discrete columns of numbers that are categories
   * @return the encoding
   * @throws DataException if a column is not there, a value is missing, a column has numbers and
   *     texts and is not named as discrete, the target has less than 2 classes, or there is no
   *     other column
   */
  public static CsvEncoding measure(CsvTable training, String target, String... discrete)
      throws DataException {
    List<String> named = List.of(discrete);
    for (String name : named) {
      training.column(name);
    }
    CsvColumn.Discrete classes = CsvColumn.Discrete.measure(training, target);
    if (classes.categories().size() < 2) {
      throw new DataException(
          training + ": column '" + target + "' has one class. Two or more can be learned");
    }
    List<CsvColumn> columns = new ArrayList<>();
    for (String name : training.columns()) {
      if (named.contains(name) && !name.equals(target)) {
        columns.add(CsvColumn.Discrete.measure(training, name));
      } else if (!name.equals(target)) {
        columns.add(CsvColumn.measure(training, name));
      }
    }
    if (columns.isEmpty()) {
      throw new DataException(training + " has no column but '" + target + "'. Is it whole?");
    }
    return new CsvEncoding(classes, columns);
  }

  /**
   * Encodes rows and their classes.
   *
   * @param table has the columns that were measured, in any order; others are passed over
   * @return instances {@code [features]}, which know this encoding and their classes' names
   * @throws DataException if a column or a value is missing, a value of a continuous column is no
   *     number, a category or class is new, or there are 2^29 values or more
   */
  public ArrayDataset dataset(CsvTable table) throws DataException {
    int column = table.column(target.name());
    int[] labels = new int[table.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = target.index(table, row, column);
    }
    DatasetInfo info = new DatasetInfo(classNames(), Optional.of(this));
    return new ArrayDataset(Shape.of(width), encode(table), labels, info);
  }

  /**
   * Encodes rows whose classes are not known, such as for {@code Model.predict}.
   *
   * @param table as for {@link #dataset}; the target column may be missing
   * @return FLOAT32 {@code [rows, features]}
   * @throws DataException as {@link #dataset}
   */
  public Tensor features(CsvTable table) throws DataException {
    return Tensor.of(encode(table), table.size(), width);
  }

  /** Returns {@code [rows, features]}. */
  private float[] encode(CsvTable table) throws DataException {
    if ((long) table.size() * width > MAX_VALUES) {
      throw new DataException(
          String.format(
              "%s: %d rows of %d features are too many. Leave out columns whose values are all"
                  + " different",
              table, table.size(), width));
    }
    float[] values = new float[table.size() * width];
    int at = 0;
    for (CsvColumn column : columns) {
      int index = table.column(column.name());
      for (int row = 0; row < table.size(); row++) {
        column.encode(table, row, index, values, row * width + at);
      }
      at += column.features().size();
    }
    return values;
  }

  /**
   * Returns what the features are called.
   *
   * @return the column's name for a continuous one, {@code name=category} for discrete ones
   */
  public List<String> featureNames() {
    return columns.stream().map(CsvColumn::features).flatMap(Collection::stream).toList();
  }

  /**
   * Returns what the classes are called.
   *
   * @return the name of class 0, 1, …
   */
  public List<String> classNames() {
    return List.copyOf(target.categories().keySet());
  }

  /**
   * Returns the column that holds the classes.
   *
   * @return its name
   */
  public String targetName() {
    return target.name();
  }

  CsvColumn.Discrete target() {
    return target;
  }

  List<CsvColumn> columns() {
    return columns;
  }
}
