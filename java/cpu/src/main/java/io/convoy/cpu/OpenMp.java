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
 * <p>Threads that wait look around 2000 times, some microseconds, which takes them from one
 * primitive to the next, and then sleep. On 2 cores, runs taking turns, this makes LeNet-5 and an
 * MLP train 1.12 times as fast as sleeping at once, the workshop's net 1.02 times. To look around
 * for longer gains nothing and takes time from whoever else needs the core: as long as OpenMP does
 * by itself, the worst step beside a busy process took 138 ms against 44 ms. The number of threads
 * is the JVM's, which knows the limits of a container.
 */
final class OpenMp {
  private static final Map<String, String> WANTED =
      Map.of(
          "OMP_WAIT_POLICY",
          "passive",
          "GOMP_SPINCOUNT",
          "2000",
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
      if (System.getenv(wanted.getKey()) == null && !isOverruled(wanted.getKey())) {
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

  /** The count would take precedence over a policy that the user has set. */
  private static boolean isOverruled(String name) {
    return name.equals("GOMP_SPINCOUNT") && System.getenv("OMP_WAIT_POLICY") != null;
  }

  private static List<Pointer> entries(PointerPointer<Pointer> array) {
    List<Pointer> entries = new ArrayList<>();
    for (int i = 0; array.get(i) != null; i++) {
      entries.add(array.get(i));
    }
    return entries;
  }
}
