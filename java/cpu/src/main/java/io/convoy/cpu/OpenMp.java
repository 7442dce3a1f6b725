// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Sets what GNU OpenMP reads from the environment when it is loaded; there is no other way to tell
 * it, and Java can't set its own environment. What the user has set stays.
 *
 * <p>Threads that wait sleep instead of spinning: on 2 idle cores a training step of the workshop
 * net takes 14.9 ms asleep and 15.2 ms spinning, but while another process holds a core its worst
 * step takes 44 ms against 138 ms, and the JVM's own threads get the time that spinning would burn.
 * The number of threads is the JVM's, which knows the limits of a container.
 */
final class OpenMp {
  private static final Map<String, String> WANTED =
      Map.of(
          "OMP_WAIT_POLICY",
          "passive",
          "OMP_NUM_THREADS",
          Integer.toString(Runtime.getRuntime().availableProcessors()));

  /** What was set, kept alive for as long as the process, since the environment points into it. */
  private static final List<Pointer> KEPT = new ArrayList<>();

  private OpenMp() {}

  /** How many threads oneDNN uses. */
  static int threads() {
    String asked = System.getenv("OMP_NUM_THREADS");
    try {
      return Math.max(1, Integer.parseInt(asked == null ? "" : asked.trim()));
    } catch (NumberFormatException e) {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  /** Must run before the library is loaded. */
  static void configure() {
    Pointer environ = Loader.addressof("environ"); // char*** of POSIX; absent on Windows
    if (environ == null) {
      return;
    }
    PointerPointer<Pointer> variable = new PointerPointer<>(environ);
    List<Pointer> entries = entries(new PointerPointer<>(variable.get(0)));
    for (Map.Entry<String, String> wanted : WANTED.entrySet()) {
      if (System.getenv(wanted.getKey()) == null) {
        String entry = wanted.getKey() + "=" + wanted.getValue();
        entries.add(new BytePointer((entry + "\0").getBytes(StandardCharsets.US_ASCII)));
      }
    }
    PointerPointer<Pointer> changed = new PointerPointer<>(entries.size() + 1L);
    for (int i = 0; i < entries.size(); i++) {
      changed.put(i, entries.get(i));
    }
    changed.put(entries.size(), (Pointer) null);
    variable.put(0, changed);
    KEPT.addAll(entries);
    KEPT.add(changed);
  }

  private static List<Pointer> entries(PointerPointer<Pointer> array) {
    List<Pointer> entries = new ArrayList<>();
    for (int i = 0; array.get(i) != null; i++) {
      entries.add(array.get(i));
    }
    return entries;
  }
}
