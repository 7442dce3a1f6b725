// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.Gpu;
import io.convoy.tensor.DType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A test with a GPU of its own, which remembers nothing and must get back what it gave. */
@Tag("gpu")
@Tag("standin")
abstract class GpuTest {
  private static final String CACHE = "convoy.cache";

  @TempDir Path cache;

  final Resources resources = new Resources();
  Gpu gpu;
  private long alive;

  @BeforeEach
  void open() {
    alive = Resources.live();
    gpu = new JCudaDriver().open(0);
    System.setProperty(CACHE, cache.toString());
  }

  @AfterEach
  void close() {
    System.clearProperty(CACHE);
    System.clearProperty(Settings.CONVOLUTIONS);
    System.clearProperty(Settings.GRAPHS);
    resources.close();
    gpu.close();
    assertEquals(alive, Resources.live(), "something was not freed");
  }

  DeviceTensor tensor(DType type, int... dims) {
    return new DeviceTensor(gpu, resources, type, dims);
  }
}
