// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was chosen for a pass of a convolution: all that it takes to have the same again. */
sealed interface ConvolutionChoice {
  /** Writes it in one line without tabs, for {@link #decode}. */
  String encode();

  /**
   * Reads what {@link #encode} wrote.
   *
   * @return the choice, or empty if it is none
   */
  static Optional<ConvolutionChoice> decode(String text) {
    Matcher algorithm = Algorithm.ENCODED.matcher(text);
    if (algorithm.matches()) {
      return Optional.of(new Algorithm(Integer.parseInt(text)));
    }
    return Engine.decode(text);
  }

  /**
   * An algorithm of the legacy API.
   *
   * @param number cuDNN's for it, of the pass
   */
  record Algorithm(int number) implements ConvolutionChoice {
    private static final Pattern ENCODED = Pattern.compile("\\d{1,4}");

    @Override
    public String encode() {
      return Integer.toString(number);
    }
  }

  /**
   * An engine of the graph API with its settings.
   *
   * @param fused whether the operation graph has what follows the convolution, too
   * @param index cuDNN's for it, of the operation graph
   * @param knobs kind of each setting, and the setting
   */
  record Engine(boolean fused, long index, SortedMap<Integer, Long> knobs)
      implements ConvolutionChoice {
    private static final Pattern KNOB = Pattern.compile(" (\\d{1,4})=(-?\\d{1,18})");
    private static final Pattern ENCODED =
        Pattern.compile("(fused )?graph engine (\\d{1,9})( knobs(" + KNOB + ")+)?");

    /**
     * Copies the map.
     *
     * @param fused the component
     * @param index the component
     * @param knobs the component
     */
    public Engine {
      knobs = new TreeMap<>(knobs);
    }

    private static Optional<ConvolutionChoice> decode(String text) {
      Matcher engine = ENCODED.matcher(text);
      if (!engine.matches()) {
        return Optional.empty();
      }
      SortedMap<Integer, Long> knobs = new TreeMap<>();
      KNOB.matcher(text)
          .results()
          .forEach(k -> knobs.put(Integer.valueOf(k.group(1)), Long.valueOf(k.group(2))));
      return Optional.of(
          new Engine(engine.group(1) != null, Long.parseLong(engine.group(2)), knobs));
    }

    @Override
    public String encode() {
      return (fused ? "fused " : "")
          + "graph engine "
          + index
          + (knobs.isEmpty() ? "" : " knobs")
          + knobs.entrySet().stream()
              .map(k -> " " + k.getKey() + "=" + k.getValue())
              .collect(Collectors.joining());
    }
  }
}
