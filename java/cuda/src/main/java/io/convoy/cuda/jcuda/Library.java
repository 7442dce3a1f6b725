// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.util.List;

/** A library that JCuda's natives are linked with, in the order in which they are loaded. */
enum Library {
  /** Comes with NVIDIA's kernel module and must match it. */
  DRIVER("libcuda.so.1", "NVIDIA's driver", List.of()),

  /** JCublas2 12.6 wants CUDA 12's. */
  CUBLAS("libcublas.so.12", "cuBLAS 12", List.of("libcublasLt.so.12")),

  /** Compiles our kernels where the fatbin does not fit, and some of cuDNN's. */
  NVRTC("libnvrtc.so.12", "NVRTC 12", List.of("libnvrtc-builtins.so.*")),

  /**
   * Opens its parts itself, but by bare name, and so might find those of another installation. The
   * others are linked with the first two.
   */
  CUDNN(
      "libcudnn.so.9",
      "cuDNN 9",
      List.of("libcudnn_graph.so.9", "libcudnn_ops.so.9", "libcudnn_*.so.9"));

  private final String soname;
  private final String title;
  private final List<String> parts;

  Library(String soname, String title, List<String> parts) {
    this.soname = soname;
    this.title = title;
    this.parts = parts;
  }

  /** The name that the loader knows it by. */
  String soname() {
    return soname;
  }

  /** What people call it. */
  String title() {
    return title;
  }

  /** Patterns of files beside it that are loaded before it, in order, where they are. */
  List<String> parts() {
    return parts;
  }

  /** The name without version: {@code libcudnn}. */
  String stem() {
    return soname.substring(0, soname.indexOf(".so"));
  }
}
