// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept on disk, and what happens when the disk fails. */
class CacheTest {
  private static final String CONV = "NVIDIA H100\tcuDNN 9.5.1\tany\tFORWARD\tx[1,2,3,4]";
  private static final String OTHER = "NVIDIA H100\tcuDNN 9.5.1\tany\tFORWARD\tx[1,2,3,5]";

  private static final ConvolutionChoice FIRST = new ConvolutionChoice.Algorithm(1);
  private static final ConvolutionChoice SECOND =
      new ConvolutionChoice.Engine(false, 42, new TreeMap<>(Map.of(2, 8L, 24, -1L)));

  @TempDir Path temporary;

  private CacheFolder folder() {
    return new CacheFolder(temporary.resolve("convoy"));
  }

  @Test
  void onlyWholeFilesAppear() throws IOException {
    folder().write("kernels/a", new byte[] {1});
    folder().write("kernels/a", new byte[] {2, 3});
    assertArrayEquals(new byte[] {2, 3}, folder().read("kernels/a").orElseThrow());
    try (Stream<Path> files = Files.list(folder().path().resolve("kernels"))) {
      assertEquals(List.of(folder().path().resolve("kernels/a")), files.toList());
    }
  }

  @Test
  void whatFailsLeavesNothing() throws IOException {
    Path file = folder().path().resolve("a");
    CacheFolder.Writer failing =
        partial -> {
          Files.write(partial, new byte[] {1});
          throw new IOException("the disk is full");
        };
    assertThrows(IOException.class, () -> CacheFolder.replace(file, failing));
    try (Stream<Path> files = Files.list(folder().path())) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoFailure() throws IOException {
    Files.createFile(temporary.resolve("convoy"));
    folder().write("a", new byte[] {1});
    assertEquals(Optional.empty(), folder().read("a"));
    AlgorithmCache cache = new AlgorithmCache(folder());
    cache.remember(CONV, FIRST);
    assertEquals(Optional.of(FIRST), cache.find(CONV));
  }

  @Test
  void choicesAreKept() {
    AlgorithmCache cache = new AlgorithmCache(folder());
    assertEquals(Optional.empty(), cache.find(CONV));
    cache.remember(CONV, FIRST);
    cache.remember(OTHER, SECOND);
    cache.remember(CONV, SECOND);
    for (AlgorithmCache reader : List.of(cache, new AlgorithmCache(folder()))) {
      assertEquals(Optional.of(SECOND), reader.find(CONV));
      assertEquals(Optional.of(SECOND), reader.find(OTHER));
    }
  }

  @Test
  void choicesOfOtherProcessesStay() {
    AlgorithmCache mine = new AlgorithmCache(folder());
    new AlgorithmCache(folder()).remember(OTHER, SECOND);
    mine.remember(CONV, FIRST);
    assertEquals(Optional.of(SECOND), new AlgorithmCache(folder()).find(OTHER));
  }

  @Test
  void linesThatCannotBeReadAreLeftOut() throws IOException {
    new AlgorithmCache(folder()).remember(CONV, FIRST);
    Path file = folder().path().resolve("algorithms.txt");
    String damaged =
        "\t7\n"
            + OTHER
            + "\t-1\n"
            + OTHER
            + "\t6x\n"
            + OTHER
            + "\tgraph engine\n"
            + OTHER
            + "\n\0\377\n";
    Files.writeString(file, damaged + Files.readString(file) + OTHER + "\t99999999999");
    AlgorithmCache cache = new AlgorithmCache(folder());
    assertEquals(Optional.of(FIRST), cache.find(CONV));
    assertEquals(Optional.empty(), cache.find(OTHER));
    cache.remember(OTHER, FIRST);
    assertEquals(2, Files.readAllLines(file).size());
  }

  @Test
  void machineCodeIsKept() {
    CubinCache cache = new CubinCache(folder());
    assertTrue(cache.get("pool.cu-1").isEmpty());
    cache.put("pool.cu-1", new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, cache.get("pool.cu-1").orElseThrow());
    assertTrue(cache.get("pool.cu-2").isEmpty());
  }

  @Test
  void damagedMachineCodeIsNotThereAndIsReplaced() throws IOException {
    CubinCache cache = new CubinCache(folder());
    cache.put("pool.cu-1", new byte[] {1, 2, 3});
    Path file = folder().path().resolve("kernels/pool.cu-1.cubin");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertTrue(cache.get("pool.cu-1").isEmpty(), "byte " + at);
      Files.write(file, Arrays.copyOf(whole, at));
      assertTrue(cache.get("pool.cu-1").isEmpty(), "cut at " + at);
    }
    cache.put("pool.cu-1", new byte[] {4});
    assertArrayEquals(new byte[] {4}, cache.get("pool.cu-1").orElseThrow());
  }
}
