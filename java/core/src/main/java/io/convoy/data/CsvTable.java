// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a file of comma-separated values with a header, as text; {@link CsvEncoding} makes
 * numbers of them. Immutable.
 */
public final class CsvTable {
  /** How the UCI repository marks a value that is missing. */
  private static final String UNKNOWN = "?";

  private final String place;
  private final List<String> columns;
  private final List<CsvParser.Row> rows;

  private CsvTable(String place, List<String> columns, List<CsvParser.Row> rows) {
    this.place = place;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads a file whose fields are separated by commas.
   *
   * @param file the file
   * @return the table
   * @throws DataException as {@link #read(Path, char)}
   */
  public static CsvTable read(Path file) throws DataException {
    return read(file, ',');
  }

  /**
   * Reads a file as RFC 4180 describes it, in UTF-8. Spaces around names and values don't count.
   *
   * @param file the file; its first line names the columns
   * @param separator what stands between fields, such as {@code ';'}
   * @return the table
   * @throws DataException if there is no such file, it is no UTF-8, quotes don't match, a row has
   *     more or fewer fields than the header, there is no row, or a column has no name or another's
   */
  public static CsvTable read(Path file, char separator) throws DataException {
    if (!Files.isRegularFile(file)) {
      throw new DataException("there is no file '" + file + "'. Check the path");
    }
    String place = "file '" + file + "'";
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(place, new CsvParser(place, in, separator));
    } catch (DataException e) {
      throw e;
    } catch (CharacterCodingException e) {
      throw new DataException(place + " is no text in UTF-8. Save it as such", e);
    } catch (IOException e) {
      throw new DataException(place + " can't be read: " + e.getMessage(), e);
    }
  }

  private static CsvTable read(String place, CsvParser parser) throws IOException {
    Optional<CsvParser.Row> header = parser.read();
    List<CsvParser.Row> rows = new ArrayList<>();
    for (Optional<CsvParser.Row> row = parser.read(); row.isPresent(); row = parser.read()) {
      int fields = row.get().fields().size();
      int wanted = header.orElseThrow().fields().size();
      if (fields != wanted) {
        throw new DataException(
            String.format(
                "%s, line %d, has %d fields, the header %d. Is the separator another?",
                place, row.get().line(), fields, wanted));
      }
      rows.add(row.get());
    }
    if (rows.isEmpty()) {
      throw new DataException(place + " has no row below a header. Is it the right file?");
    }
    return new CsvTable(place, columns(place, header.orElseThrow().fields()), rows);
  }

  private static List<String> columns(String place, List<String> header) throws DataException {
    List<String> columns = header.stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i);
      if (name.isEmpty()) {
        throw new DataException(
            place
                + ": column "
                + (i + 1)
                + " has no name. Name it, or leave it out (of pandas' index: index=False)");
      }
      if (!seen.add(name)) {
        throw new DataException(place + " has two columns '" + name + "'. Rename one");
      }
    }
    return columns;
  }

  /**
   * Returns the columns' names.
   *
   * @return the names, as in the header
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * Returns the number of rows, without the header.
   *
   * @return at least 1
   */
  public int size() {
    return rows.size();
  }

  /**
   * Splits the rows into two tables so that both have about the same shares of a column's values,
   * such as the classes; each table's rows are mixed.
   *
   * @param column the column's name
   * @param fraction the share of the second table, above 0 and below 1
   * @param seed which of the possible splits
   * @return the first table, with floor(size (1 - fraction)) rows, and the second
   * @throws DataException if there is no such column, or a value of it is missing
   * @throws IllegalArgumentException if the fraction is outside, or one part would be empty
   */
  public List<CsvTable> split(String column, double fraction, long seed) throws DataException {
    int at = column(column);
    CsvColumn.Discrete values = CsvColumn.Discrete.measure(this, column);
    int[] labels = new int[size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = values.index(this, row, at);
    }
    int[] order = Stratified.order(labels, values.categories().size(), seed);
    int first = Splits.trainSize(size(), fraction);
    return List.of(select(order, 0, first), select(order, first, order.length));
  }

  private CsvTable select(int[] order, int from, int to) {
    List<CsvParser.Row> selected = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      selected.add(rows.get(order[i]));
    }
    return new CsvTable(place, columns, selected);
  }

  /** Finds a column by name. */
  int column(String name) throws DataException {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new DataException(
          place + " has no column '" + name + "', but " + String.join(", ", columns));
    }
    return index;
  }

  /** Returns a value without spaces around it. */
  String value(int row, int column) throws DataException {
    String value = rows.get(row).fields().get(Objects.checkIndex(column, columns.size())).strip();
    if (value.isEmpty() || value.equals(UNKNOWN)) {
      throw new DataException(
          describe(row, column) + ": the value is missing. Fill it in, or leave out the row");
    }
    return value;
  }

  /** Returns what messages call a value's place. */
  String describe(int row, int column) {
    return place + ", line " + rows.get(row).line() + ", column '" + columns.get(column) + "'";
  }

  @Override
  public String toString() {
    return place;
  }
}
