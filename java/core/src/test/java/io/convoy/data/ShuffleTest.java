// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The expected orders come from a separate program, written in Python from the papers. */
class ShuffleTest {
  @Test
  void givesTheKnownOrders() {
    assertArrayEquals(new int[] {0, 9, 5, 2, 7, 3, 6, 4, 1, 8}, order(10, 1, 0));
    assertArrayEquals(new int[] {6, 8, 2, 7, 4, 9, 0, 5, 1, 3}, order(10, 1, 1));
    assertArrayEquals(new int[] {8, 9, 1, 3, 5, 4, 7, 0, 2, 6}, order(10, 7L << 32 | 5, 2));
  }

  @Test
  void redrawsWhereNumbersAreUneven() {
    assertEquals(0x7DAC487E, checksum(order(60000, 1, 1)), "no number is drawn again");
    assertEquals(0x967C3860, checksum(order(60000, 1, 2)), "one number is drawn again");
  }

  @Test
  void permutesWhateverWasThere() {
    int[] order = new int[1000];
    Arrays.fill(order, 7);
    Shuffle shuffle = new Shuffle(3);
    shuffle.permute(order, 5);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, 1000).toArray(), sorted);
    int[] again = new int[1000];
    shuffle.permute(again, 6);
    shuffle.permute(again, 5);
    assertArrayEquals(order, again);
  }

  @Test
  void permutesNothingAndOne() {
    assertArrayEquals(new int[0], order(0, 1, 0));
    assertArrayEquals(new int[] {0}, order(1, 1, 0));
  }

  /** 23 degrees of freedom: beyond 49.7 once in a thousand; the seed is fixed. */
  @Test
  void givesEveryPermutationEquallyOften() {
    Map<String, Integer> counts = new HashMap<>();
    Shuffle shuffle = new Shuffle(11);
    int[] order = new int[4];
    int trials = 24_000;
    for (int epoch = 0; epoch < trials; epoch++) {
      shuffle.permute(order, epoch);
      counts.merge(Arrays.toString(order), 1, Integer::sum);
    }
    assertEquals(24, counts.size());
    double chiSquare =
        counts.values().stream().mapToDouble(n -> Math.pow(n - 1000, 2) / 1000).sum();
    assertTrue(chiSquare < 49.7, "chi-square " + chiSquare);
  }

  @Test
  void allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Shuffle shuffle = new Shuffle(1);
    int[] order = new int[100];
    shuffle.permute(order, 0);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int epoch = 0; epoch < 1000; epoch++) {
      shuffle.permute(order, epoch);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1000, allocated + " bytes by 1000 orders");
  }

  private static int[] order(int size, long seed, int epoch) {
    int[] order = new int[size];
    new Shuffle(seed).permute(order, epoch);
    return order;
  }

  private static int checksum(int[] order) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * order.length);
    bytes.asIntBuffer().put(order);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
