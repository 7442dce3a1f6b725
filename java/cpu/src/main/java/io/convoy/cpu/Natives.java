// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.BackendException;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import org.bytedeco.javacpp.Loader;

/**
 * Loads oneDNN and its binding, once a process.
 *
 * <p>JavaCPP's own loader would also load the OpenCL presets that dnnl's annotations name, and fail
 * where there is no OpenCL. So the libraries are unpacked by {@link Loader#cacheResource} and
 * loaded here, in order, while JavaCPP's automatic loading is switched off. This takes 0.2 s with a
 * warm cache and 0.6 s with a cold one on 2 cores, against 0.3 and 0.8.
 */
final class Natives {
  private static final String AUTOMATIC = "org.bytedeco.javacpp.loadlibraries";

  /** Classes that would start JavaCPP's loader when first used. */
  private static final String[] SELF_LOADING = {
    "org.bytedeco.javacpp.Pointer",
    "org.bytedeco.javacpp.BytePointer",
    "org.bytedeco.javacpp.IntPointer",
    "org.bytedeco.javacpp.LongPointer",
    "org.bytedeco.javacpp.PointerPointer",
    "org.bytedeco.dnnl.dnnl_exec_arg_t",
    "org.bytedeco.dnnl.dnnl_version_t",
    "org.bytedeco.dnnl.global.dnnl"
  };

  private static boolean loaded;

  private Natives() {}

  /**
   * Loads everything unless that is done.
   *
   * @throws BackendException if this platform has no libraries on the class path, or they can't be
   *     unpacked or loaded
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    String before = System.setProperty(AUTOMATIC, "false");
    try {
      loadInOrder();
      loaded = true;
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      throw new BackendException("oneDNN can't be loaded: " + e, e);
    } finally {
      if (before == null) {
        System.clearProperty(AUTOMATIC);
      } else {
        System.setProperty(AUTOMATIC, before);
      }
    }
  }

  private static void loadInOrder() throws IOException, ReflectiveOperationException {
    String platform = Loader.getPlatform();
    String javacpp = "/org/bytedeco/javacpp/" + platform + "/";
    String dnnl = "/org/bytedeco/dnnl/" + platform + "/";
    System.load(required(javacpp + System.mapLibraryName("jnijavacpp")).getPath());
    OpenMp.configure();
    for (String runtime : new String[] {versioned("gomp", ".1"), versioned("iomp5", "")}) {
      if (Natives.class.getResource(dnnl + runtime) != null) {
        System.load(required(dnnl + runtime).getPath());
      }
    }
    System.load(required(dnnl + versioned("dnnl", ".3")).getPath());
    System.load(required(dnnl + System.mapLibraryName("jnidnnl")).getPath());
    for (String name : SELF_LOADING) {
      Class.forName(name, true, Natives.class.getClassLoader());
    }
  }

  /** libNAME.so.VERSION, libNAME.VERSION.dylib or NAME.dll. */
  private static String versioned(String name, String version) {
    String plain = System.mapLibraryName(name);
    if (plain.endsWith(".so")) {
      return plain + version;
    }
    return plain.endsWith(".dylib") ? "lib" + name + version + ".dylib" : plain;
  }

  private static File required(String resource) throws IOException {
    URL url = Natives.class.getResource(resource);
    if (url == null) {
      throw new IOException("the class path has no " + resource);
    }
    return Loader.cacheResource(url);
  }
}
