// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * A program as steps over one arena.
 *
 * @param steps in the order in which they run
 * @param onChange what runs before them if a variable has changed
 * @param fills what is written once, before the first run
 * @param inputs placeholders, by slot id
 * @param outputs one a fetch
 * @param mutated the variables that a run changes
 * @param bytes size of the arena and of what the caller sees
 */
record Plan(
    List<Step> steps,
    List<OnChange> onChange,
    List<Fill> fills,
    Map<Integer, Operand> inputs,
    List<Operand> outputs,
    List<CpuVariable> mutated,
    long bytes) {

  /** The steps for people. */
  String describe() {
    StringBuilder text = new StringBuilder();
    onChange.forEach(c -> text.append("on change ").append(c.step().describe()).append('\n'));
    steps.forEach(s -> text.append(s.describe()).append('\n'));
    return text.append("memory ").append(bytes).append(" B\n").toString();
  }

  /**
   * Contents that never change.
   *
   * @param buffer where they go
   * @param bytes what they are
   */
  record Fill(Buffer buffer, ByteBuffer bytes) {
    static Fill repeat(Buffer buffer, float value) {
      ByteBuffer bytes = ByteBuffer.allocate((int) buffer.bytes()).order(ByteOrder.nativeOrder());
      while (bytes.hasRemaining()) {
        bytes.putFloat(value);
      }
      return new Fill(buffer, bytes.flip());
    }

    void write() {
      Memory.of(buffer).bytes().put(0, bytes, 0, bytes.limit());
    }
  }

  /** A step that is done again only when a variable has changed; once if there is none. */
  static final class OnChange {
    private final Step step;
    private final List<CpuVariable> variables;
    private long seen = -1;

    OnChange(Step step, List<CpuVariable> variables) {
      this.step = step;
      this.variables = variables;
    }

    Step step() {
      return step;
    }

    void run() {
      long version = 0;
      for (int i = 0; i < variables.size(); i++) { // allocates no iterator
        version += variables.get(i).version();
      }
      if (version != seen) {
        step.run();
        seen = version;
      }
    }
  }
}
