// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.backend.Readback;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.emulator.EmulatedDriver;
import io.convoy.tensor.DType;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How variables lie on the device, and that nobody sees it. */
class CudaVariablesTest {
  private Gpu gpu;
  private CudaVariables variables;

  @BeforeEach
  void open() {
    EmulatedTrainingTest.requireEmulator();
    gpu = new EmulatedDriver().open(0);
    variables = new CudaVariables(gpu, () -> {});
  }

  @AfterEach
  void close() {
    if (gpu != null) {
      variables.close();
      gpu.close();
    }
  }

  /** The numbers from 0 on. */
  private Tensor declare(String name, int... dims) {
    Tensor numbers = Tensor.zeros(TensorSpec.f32(dims));
    for (int i = 0; i < numbers.spec().shape().elements(); i++) {
      numbers.floatBuffer().put(i, i);
    }
    variables.declare(name, numbers.spec());
    variables.write(name, numbers.bytes());
    return numbers;
  }

  private float[] onTheDevice(Tensor like, String name) {
    Tensor raw = Tensor.zeros(like.spec());
    gpu.read(variables.find(name, like.spec()).operand().buffer().address(), raw.bytes());
    return raw.floats();
  }

  /** [kh,kw,C,K] = [1,2,2,3] as [K,kh,kw,C], which cuDNN wants. */
  @Test
  void aFilterLiesLastAxisFirst() {
    Tensor filter = declare("filter", 1, 2, 2, 3);
    float[] expected = {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11};
    assertArrayEquals(expected, onTheDevice(filter, "filter"));
  }

  @Test
  void othersAreRowMajor() {
    Tensor matrix = declare("matrix", 4, 3);
    assertArrayEquals(matrix.floats(), onTheDevice(matrix, "matrix"));
    TensorSpec images = new TensorSpec(DType.UINT8, matrix.spec().shape().batched());
    assertEquals(Order.ROW_MAJOR, Order.ofVariable(images));
  }

  @Test
  void aReadbackIsRowMajor() {
    Tensor filter = declare("filter", 3, 3, 2, 7);
    Readback readback = variables.readback("filter", (int) filter.spec().bytes());
    readback.start();
    assertEquals(filter.bytes(), readback.await());
  }

  /** From position to limit of memory in any byte order, both of which stay. */
  @Test
  void partsOfBuffersAreWrittenAndRead() {
    Tensor filter = declare("filter", 3, 3, 2, 7);
    int bytes = (int) filter.spec().bytes();
    ByteBuffer into = ByteBuffer.allocate(bytes + 24).position(8).limit(bytes + 8);
    variables.read("filter", into);
    assertEquals(filter.bytes(), into);
    variables.write("filter", ByteBuffer.allocateDirect(bytes));
    variables.write("filter", into);
    assertEquals(8, into.position());
    float[] expected = new float[126];
    IntStream.range(0, 126).forEach(i -> expected[i] = i % 18 * 7 + i / 18);
    assertArrayEquals(expected, onTheDevice(filter, "filter"));
  }
}
