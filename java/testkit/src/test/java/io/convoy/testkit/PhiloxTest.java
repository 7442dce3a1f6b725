// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.random.Philox;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The known answers of Random123's {@code kat_vectors} for philox4x32 with 10 rounds. */
class PhiloxTest {
  @Test
  void zeros() {
    check(new Philox(0, 0, 0), 0, "6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8");
  }

  @Test
  void ones() {
    check(new Philox(-1, -1, -1), -1, "408f276d", "41c83b0e", "a20bc7c6", "6d5451fd");
  }

  /** Counter and key are the first digits of pi; they stand word by word where they should. */
  @Test
  void pi() {
    Philox generator = new Philox(0x299f31d0a4093822L, 0x13198a2e, 0x03707344);
    check(generator, 0x85a308d3243f6a88L, "d16cfe09", "94fdcceb", "5001e420", "24126ea1");
  }

  private static void check(Philox generator, long index, String... words) {
    generator.block(index);
    List<String> actual =
        IntStream.range(0, 4).mapToObj(i -> String.format("%08x", generator.word(i))).toList();
    assertEquals(List.of(words), actual);
  }

  @Test
  void uniformNumbersAreMultiplesOfTwoToTheMinus24Below1() {
    Philox generator = new Philox(0, 0, 0);
    generator.block(0);
    assertEquals(0x6627e8 / 0x1p24f, generator.uniform(0));
    assertEquals(0xe169c5 / 0x1p24f, generator.uniform(1));
  }
}
