// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvEncodingTest {
  private static final String PETS =
      """
      age,colour,legs,kind
      1,red,4,dog
      2, black,4,cat
      6,red,10,dog
      7,"dark, grey",9,ant
      """;

  @TempDir Path folder;

  @Test
  void continuousColumnsAreStandardisedAndDiscreteOnesAreOneHot() throws IOException {
    CsvEncoding encoding = CsvEncoding.measure(table(PETS), "kind", "legs");
    assertEquals(
        List.of(
            "age",
            "colour=black",
            "colour=dark, grey",
            "colour=red",
            "legs=4",
            "legs=9",
            "legs=10"),
        encoding.featureNames());
    assertEquals(List.of("ant", "cat", "dog"), encoding.classNames());
    Dataset data = encoding.dataset(table(PETS));
    assertEquals(Shape.of(7), data.instanceShape());
    assertEquals(3, data.classes());
    float one = (float) (1 / Math.sqrt(6.5)); // mean 4, variance (9 + 4 + 4 + 9) / 4
    requireRow(data, 0, 2, -3 * one, 0, 0, 1, 1, 0, 0);
    requireRow(data, 1, 1, -2 * one, 1, 0, 0, 1, 0, 0);
    requireRow(data, 2, 2, 2 * one, 0, 0, 1, 0, 0, 1);
    requireRow(data, 3, 0, 3 * one, 0, 1, 0, 0, 1, 0);
  }

  @Test
  void furtherRowsAreEncodedByTheTrainingRows() throws IOException {
    CsvEncoding encoding = CsvEncoding.measure(table(PETS), "kind");
    String further = "kind,more,legs,colour,age\ndog,?,6.75,red,4\ncat,x,8,black,-1e1\n";
    float[] features = encoding.features(table(further.replace("kind", "sort"))).floats();
    assertEquals(TensorSpec.f32(2, 5), encoding.features(table(further)).spec());
    float one = (float) (1 / Math.sqrt(6.5));
    assertArrayEquals(new float[] {0, 0, 0, 1, 0}, java.util.Arrays.copyOf(features, 5), 1e-6f);
    assertEquals(-14 * one, features[5], 1e-6f);
    Dataset data = encoding.dataset(table(further));
    requireRow(data, 0, 2, 0, 0, 0, 1, 0);
    assertEquals(1, data.label(1));
  }

  @Test
  void meanIsZeroAndDeviationOneWithoutLossOfDigits() throws IOException {
    StringBuilder text = new StringBuilder("x,c\n");
    for (int i = 0; i < 1000; i++) {
      text.append(1_000_000_000 + i % 2).append(',').append(i % 3).append('\n');
    }
    CsvTable table = table(text.toString());
    float[] features = CsvEncoding.measure(table, "c").features(table).floats();
    for (int i = 0; i < features.length; i++) {
      assertEquals(i % 2 == 0 ? -1 : 1, features[i], 1e-5f);
    }
  }

  @Test
  void equalNumbersBecomeZero() throws IOException {
    CsvTable table = table("x,c\n0.1,a\n0.1,b\n0.1,b\n");
    float[] features = CsvEncoding.measure(table, "c").features(table).floats();
    assertArrayEquals(new float[3], features);
  }

  @Test
  void classesThatAreNumbersStandInTheirOrder() throws IOException {
    CsvTable table = table("x,digit\n1,10\n2,9\n3,-1\n");
    CsvEncoding encoding = CsvEncoding.measure(table, "digit");
    assertEquals(List.of("-1", "9", "10"), encoding.classNames());
    assertEquals(2, encoding.dataset(table).label(0));
  }

  @Test
  void refusesMissingValues() throws IOException {
    String missing = ": the value is missing. Fill it in, or leave out the row";
    refuses("x,y,c\n1,2,a\n\n,2,b\n", "line 4, column 'x'" + missing);
    refuses("x,y,c\n1,,a\n1,2,b\n", "line 2, column 'y'" + missing);
    refuses("x,y,c\n1,2,a\n1,?,b\n", "line 3, column 'y'" + missing);
    refuses("x,y,c\n1,2,a\n1,2, \n", "line 3, column 'c'" + missing);
  }

  @Test
  void refusesColumnsOfNumbersAndTexts() throws IOException {
    for (String text : new String[] {"NA", "NaN", "1f", "0x1p3", "1e999", "1 000", "Infinity"}) {
      refuses(
          "x,c\n1,a\n" + text + ",b\n",
          "line 3, column 'x': '" + text + "' is no number, but other values of the column are");
    }
    CsvEncoding encoding = CsvEncoding.measure(table("x,c\n1,a\nNA,b\n"), "c", "x");
    assertEquals(List.of("x=1", "x=NA"), encoding.featureNames());
  }

  @Test
  void refusesFurtherRowsThatAreOtherwise() throws IOException {
    CsvEncoding encoding = CsvEncoding.measure(table(PETS), "kind");
    String header = "age,colour,legs,kind\n";
    refuses(encoding, header + "old,red,4,dog\n", "line 2, column 'age': 'old' is no number");
    refuses(
        encoding,
        header + "1,red,4,dog\n1,blue,4,dog\n",
        "line 3, column 'colour': 'blue' is none of the 3 categories known from the training rows"
            + " (black, dark, grey, red)");
    refuses(encoding, header + "1,red,4,fish\n", "'fish' is none of the 3 categories");
    refuses(encoding, "age,legs,kind\n1,4,dog\n", "has no column 'colour', but age, legs, kind");
  }

  @Test
  void refusesTablesThatCanNotBeLearned() throws IOException {
    refuses("x,y\n1,2\n", "has no column 'c', but x, y");
    refuses("x,c\n1,a\n2,a\n", "column 'c' has one class");
    refuses("c\na\nb\n", "has no column but 'c'");
    refuses("x,c\n1e200,a\n-1e200,b\n", "the numbers of column 'x' are too large");
    CsvTable table = table(PETS);
    DataException e =
        assertThrows(DataException.class, () -> CsvEncoding.measure(table, "kind", "tail"));
    assertTrue(e.getMessage().contains("has no column 'tail'"), e.getMessage());
  }

  @Test
  void refusesColumnsOfValuesThatAreAllDifferent() throws IOException {
    StringBuilder text = new StringBuilder("id,c\n");
    for (int i = 0; i < 25_000; i++) {
      text.append('n').append(i).append(',').append(i % 2).append('\n');
    }
    CsvTable table = table(text.toString());
    CsvEncoding encoding = CsvEncoding.measure(table, "c");
    DataException e = assertThrows(DataException.class, () -> encoding.dataset(table));
    assertTrue(e.getMessage().contains("25000 rows of 25000 features"), e.getMessage());
  }

  private void refuses(String text, String expected) throws IOException {
    CsvTable table = table(text);
    DataException e = assertThrows(DataException.class, () -> CsvEncoding.measure(table, "c"));
    assertTrue(e.getMessage().contains(folder.resolve("table.csv").toString()), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private void refuses(CsvEncoding encoding, String text, String expected) throws IOException {
    CsvTable table = table(text);
    DataException e = assertThrows(DataException.class, () -> encoding.dataset(table));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private CsvTable table(String text) throws IOException {
    return CsvTable.read(Files.writeString(folder.resolve("table.csv"), text));
  }

  private static void requireRow(Dataset data, int index, int label, float... expected) {
    FloatBuffer features = FloatBuffer.allocate(expected.length);
    IntBuffer labels = IntBuffer.allocate(1);
    data.copy(index, 0, features, labels);
    assertArrayEquals(expected, features.array(), 1e-6f);
    assertEquals(label, labels.get(0));
  }
}
