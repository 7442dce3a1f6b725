// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Choices as text. */
class ConvolutionChoiceTest {
  private static void roundTrip(String text, ConvolutionChoice choice) {
    assertEquals(text, choice.encode());
    assertEquals(Optional.of(choice), ConvolutionChoice.decode(text));
  }

  @Test
  void algorithms() {
    roundTrip("0", new ConvolutionChoice.Algorithm(0));
    roundTrip("7", new ConvolutionChoice.Algorithm(7));
  }

  @Test
  void engines() {
    roundTrip("graph engine 0", new ConvolutionChoice.Engine(false, 0, new TreeMap<>()));
    roundTrip(
        "graph engine 42 knobs 2=8 24=-1 28=4294967296",
        new ConvolutionChoice.Engine(
            false, 42, new TreeMap<>(Map.of(28, 1L << 32, 2, 8L, 24, -1L))));
  }

  @Test
  void enginesForMoreThanAConvolution() {
    roundTrip("fused graph engine 0", new ConvolutionChoice.Engine(true, 0, new TreeMap<>()));
    roundTrip(
        "fused graph engine 1 knobs 2=3",
        new ConvolutionChoice.Engine(true, 1, new TreeMap<>(Map.of(2, 3L))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "12345",
        "1 ",
        "graph",
        "graph engine",
        "graph engine x",
        "fused engine 1",
        "fused 1",
        "graph engine 1 ",
        "graph engine 1 2=3",
        "graph engine 1 knobs",
        "graph engine 1 knobs 2",
        "graph engine 1 knobs 2=",
        "graph engine 1 knobs  2=3",
        "graph engine 1 knobs 2=3x",
        "graph engine 99999999999999999999",
        "graph engine 1 knobs 2=99999999999999999999"
      })
  void whatIsNoChoiceIsNone(String text) {
    assertEquals(Optional.empty(), ConvolutionChoice.decode(text));
  }
}
