// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How a column of text becomes numbers. */
sealed interface CsvColumn {
  /** Decimal numbers alone: Java's parser would take 1f, NaN and 0x1p3 for numbers, too. */
  Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /** The column's name. */
  String name();

  /** What each of the numbers is called. */
  List<String> features();

  /** Writes a row's value as {@code features().size()} numbers from {@code to[at]} on. */
  void encode(CsvTable table, int row, int column, float[] to, int at) throws DataException;

  /** Measures a column: continuous if all of its values are numbers, discrete if none is. */
  static CsvColumn measure(CsvTable table, String name) throws DataException {
    int column = table.column(name);
    int texts = 0;
    int lastText = 0;
    for (int row = 0; row < table.size(); row++) {
      if (!isNumber(table.value(row, column))) {
        texts++;
        lastText = row;
      }
    }
    if (texts > 0 && texts < table.size()) {
      throw new DataException(
          String.format(
              "%s: '%s' is no number, but other values of the column are. Mend it, or name the"
                  + " column as discrete",
              table.describe(lastText, column), table.value(lastText, column)));
    }
    return texts == 0 ? Continuous.measure(table, name) : Discrete.measure(table, name);
  }

  /** Tells whether a text is a decimal number that a double holds. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
  }

  /** Numbers, brought to mean 0 and standard deviation 1. */
  record Continuous(String name, double mean, double deviation) implements CsvColumn {
    /**
     * Measures mean and deviation, the latter with division by the number of rows, as Keras'
     * Normalization does (Welford's algorithm: Knuth, The Art of Computer Programming 2, 4.2.2). A
     * column of equal values, whose deviation is 0, is divided by 1.
     */
    static Continuous measure(CsvTable table, String name) throws DataException {
      int column = table.column(name);
      double mean = 0;
      double squares = 0;
      for (int row = 0; row < table.size(); row++) {
        double value = Double.parseDouble(table.value(row, column));
        double before = value - mean;
        mean += before / (row + 1);
        squares += before * (value - mean);
      }
      double deviation = Math.sqrt(squares / table.size());
      if (!Double.isFinite(deviation)) {
        throw new DataException(
            table + ": the numbers of column '" + name + "' are too large to be squared. Scale it");
      }
      return new Continuous(name, mean, deviation == 0 ? 1 : deviation);
    }

    @Override
    public List<String> features() {
      return List.of(name);
    }

    @Override
    public void encode(CsvTable table, int row, int column, float[] to, int at)
        throws DataException {
      String value = table.value(row, column);
      if (!isNumber(value)) {
        throw new DataException(
            table.describe(row, column)
                + ": '"
                + value
                + "' is no number, as those are that the column was measured on");
      }
      to[at] = (float) ((Double.parseDouble(value) - mean) / deviation);
    }
  }

  /** Categories, each a feature that is 1 where it is the row's and else 0. */
  record Discrete(String name, Map<String, Integer> categories) implements CsvColumn {
    private static final int SHOWN = 10;

    /** By value if both are numbers, so that 10 comes behind 9; numbers come first. */
    private static final Comparator<String> ORDER =
        Comparator.comparing((String text) -> !isNumber(text))
            .thenComparingDouble(text -> isNumber(text) ? Double.parseDouble(text) : 0)
            .thenComparing(Comparator.naturalOrder());

    static Discrete measure(CsvTable table, String name) throws DataException {
      int column = table.column(name);
      Set<String> seen = new HashSet<>();
      for (int row = 0; row < table.size(); row++) {
        seen.add(table.value(row, column));
      }
      return of(name, seen.stream().sorted(ORDER).toList());
    }

    /** Numbers categories as they come. */
    static Discrete of(String name, List<String> ordered) {
      Map<String, Integer> categories = new LinkedHashMap<>();
      ordered.forEach(category -> categories.put(category, categories.size()));
      return new Discrete(name, categories);
    }

    @Override
    public List<String> features() {
      return categories.keySet().stream().map(category -> name + "=" + category).toList();
    }

    @Override
    public void encode(CsvTable table, int row, int column, float[] to, int at)
        throws DataException {
      to[at + index(table, row, column)] = 1;
    }

    /** Finds the category of a row's value. */
    int index(CsvTable table, int row, int column) throws DataException {
      String value = table.value(row, column);
      return Optional.ofNullable(categories.get(value))
          .orElseThrow(
              () ->
                  new DataException(
                      String.format(
                          "%s: '%s' is none of the %d categories known from the training rows"
                              + " (%s). Train with it, or leave out the row",
                          table.describe(row, column), value, categories.size(), shown())));
    }

    private String shown() {
      String first = String.join(", ", categories.keySet().stream().limit(SHOWN).toList());
      return categories.size() > SHOWN ? first + ", …" : first;
    }
  }
}
