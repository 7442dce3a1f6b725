// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnGetConvolution2dForwardOutputDim;
import static jcuda.jcudnn.JCudnn.cudnnGetPooling2dForwardOutputDim;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Resources;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.PoolingShape;
import io.convoy.ops.Padding;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.Window;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CUDA's real libraries do without a GPU: compile, and say what shapes they would make. */
@Tag("redist")
class RealLibrariesTest {
  private static final int CASES = 500;
  private static final long SEED = 11;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    RealLibraries.load();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sm_75", "sm_80", "sm_90"})
  void nvrtcCompilesAllKernels(String architecture) {
    KernelSources sources = KernelSources.packed();
    String version = new JCudaCode().nvrtcVersion();
    CubinCache cache = new CubinCache(new CacheFolder(folder));
    KernelCompiler compiler = new KernelCompiler(sources, cache, architecture, version);
    for (String file : sources.kernels().keySet()) {
      assertTrue(compiler.compile(file).length > 0, file);
    }
  }

  @Test
  void cudnnsConvolutionsHaveTheShapesOfCore() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      ConvolutionShape s = RandomConvolution.next(random);
      int[] nkpq = {s.batch(), s.filters(), s.outHeight(), s.outWidth()};
      for (Precision precision : Precision.values()) {
        assertArrayEquals(nkpq, cudnns(s, precision), precision + " " + s);
      }
    }
  }

  private static int[] cudnns(ConvolutionShape s, Precision precision) {
    int[][] dims = new int[4][1];
    try (Resources resources = new Resources()) {
      Descriptors make = new Descriptors(s.toString(), precision, resources);
      assertEquals(
          CudnnStatus.SUCCESS,
          cudnnGetConvolution2dForwardOutputDim(
              make.convolution(s),
              make.image(s.batch(), s.height(), s.width(), s.channels()),
              make.filter(
                  s.filters(), s.filterHeight(), s.filterWidth(), s.channels() / s.groups()),
              dims[0],
              dims[1],
              dims[2],
              dims[3]));
    }
    return new int[] {dims[0][0], dims[1][0], dims[2][0], dims[3][0]};
  }

  @Test
  void cudnnsPoolingsHaveTheShapesOfCore() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      int window = 2 + random.nextInt(3);
      Padding padding = RandomConvolution.symmetric(random, window);
      PoolSpec spec =
          new PoolSpec(
              random.nextBoolean() ? PoolSpec.Kind.MAX : PoolSpec.Kind.AVERAGE,
              window,
              window,
              1 + random.nextInt(3),
              1 + random.nextInt(3),
              padding);
      Window rows = spec.rows(9 + random.nextInt(30));
      Window columns = spec.columns(9 + random.nextInt(30));
      PoolingShape s =
          new PoolingShape(
              spec.kind() == PoolSpec.Kind.MAX,
              1 + random.nextInt(5),
              rows.input(),
              columns.input(),
              1 + random.nextInt(9),
              rows.output(),
              columns.output(),
              window,
              window,
              padding.top(),
              padding.left(),
              spec.strideH(),
              spec.strideW());
      int[] ncpq = {s.batch(), s.channels(), s.outHeight(), s.outWidth()};
      assertArrayEquals(ncpq, cudnns(s), s.toString());
    }
  }

  private static int[] cudnns(PoolingShape s) {
    int[][] dims = new int[4][1];
    try (Resources resources = new Resources()) {
      Descriptors make = new Descriptors(s.toString(), Precision.FP32, resources);
      assertEquals(
          CudnnStatus.SUCCESS,
          cudnnGetPooling2dForwardOutputDim(
              make.pooling(s),
              make.image(s.batch(), s.height(), s.width(), s.channels()),
              dims[0],
              dims[1],
              dims[2],
              dims[3]));
    }
    return new int[] {dims[0][0], dims[1][0], dims[2][0], dims[3][0]};
  }
}
