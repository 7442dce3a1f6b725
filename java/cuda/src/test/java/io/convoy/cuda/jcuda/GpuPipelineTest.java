// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.backend.BackendException;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.CopyStep;
import io.convoy.cuda.device.GemmStep;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.device.PoolingShape;
import io.convoy.cuda.device.PoolingStep;
import io.convoy.cuda.device.Step;
import io.convoy.cuda.device.Transfer;
import io.convoy.tensor.DType;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A GPU and its libraries by themselves, with numbers that fp32 adds exactly. */
class GpuPipelineTest extends GpuTest {

  private Buffer device(float... values) {
    long bytes = values.length * (long) Float.BYTES;
    long address = resources.own(gpu.allocate(bytes, "test"), gpu::free);
    ByteBuffer host = ByteBuffer.allocate((int) bytes).order(ByteOrder.nativeOrder());
    host.asFloatBuffer().put(values);
    gpu.write(address, host);
    return Buffer.at(address, bytes);
  }

  private float[] read(Buffer buffer) {
    ByteBuffer host = ByteBuffer.allocate((int) buffer.bytes()).order(ByteOrder.nativeOrder());
    gpu.read(buffer.address(), host);
    float[] values = new float[host.capacity() / Float.BYTES];
    host.asFloatBuffer().get(values);
    return values;
  }

  private ByteBuffer host(int floats) {
    return resources.own(gpu.allocateHost((long) floats * Float.BYTES), gpu::freeHost);
  }

  private Pipeline pipeline(List<Step> steps, List<Transfer> up, List<Transfer> down) {
    return resources.own(gpu.pipeline(steps, up, down), Pipeline::close);
  }

  private void run(Step step) {
    Pipeline pipeline = pipeline(List.of(step), List.of(), List.of());
    pipeline.run();
    pipeline.await();
  }

  @Test
  void memoryIsZeroAndKeepsWhatIsWritten() {
    assertArrayEquals(new float[3], read(device(0, 0, 0)));
    float[] large = new float[3_000_001]; // more than is copied at a time
    for (int i = 0; i < large.length; i++) {
      large[i] = i;
    }
    assertArrayEquals(large, read(device(large)));
  }

  @Test
  void tooMuchMemoryIsToldWithWhatItIsFor() {
    BackendException e =
        assertThrows(BackendException.class, () -> gpu.allocate(1L << 50, "variable 'w'"));
    assertTrue(
        e.getMessage().startsWith("variable 'w' of 1125899906842624 B on cuda:0, which has"));
    assertTrue(e.getMessage().contains("CUDA_ERROR_OUT_OF_MEMORY"), e.getMessage());
  }

  private static GemmStep product(
      int m, int n, int k, boolean transposeA, boolean transposeB, Buffer a, Buffer b, Buffer c) {
    return new GemmStep(
        "product", m, n, k, transposeA, transposeB, Precision.FP32, DType.FLOAT32, a, b, c);
  }

  /** Each run copies what is there when its turn comes, plain, recorded and replayed. */
  @Test
  void aPipelineWithoutStepsReadsBack() {
    Buffer source = device(0);
    ByteBuffer to = host(1);
    Pipeline readback = pipeline(List.of(), List.of(), List.of(new Transfer(to, source)));
    ByteBuffer value = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.nativeOrder());
    for (int i = 1; i <= 4; i++) {
      gpu.write(source.address(), value.putFloat(0, i));
      readback.run();
      readback.await();
      assertEquals(i, to.getFloat(0));
    }
  }

  /** [1 2 3; 4 5 6] [1 2; 3 4; 5 6], with each operand lying either way. */
  @Test
  void products() {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        Buffer a = transposeA ? device(1, 4, 2, 5, 3, 6) : device(1, 2, 3, 4, 5, 6);
        Buffer b = transposeB ? device(1, 3, 5, 2, 4, 6) : device(1, 2, 3, 4, 5, 6);
        Buffer c = device(9, 9, 9, 9);
        run(product(2, 2, 3, transposeA, transposeB, a, b, c));
        assertArrayEquals(new float[] {22, 28, 49, 64}, read(c));
      }
    }
  }

  /** One row of three pixels with two channels, filters of two taps. */
  @Test
  void passesOfAConvolution() {
    ConvolutionShape shape = new ConvolutionShape(1, 1, 3, 2, 2, 1, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1);
    Buffer x = device(1, 2, 3, 4, 5, 6);
    Buffer w = device(1, 0, 0, 1, 2, 1, 0, 0);
    Buffer y = device(9, 9, 9, 9);
    run(new ConvolutionStep("y", ConvolutionStep.Pass.FORWARD, shape, Precision.FP32, x, w, y));
    assertArrayEquals(new float[] {5, 4, 9, 10}, read(y));
    Buffer dy = device(1, 2, 3, 4);
    Buffer dx = device(9, 9, 9, 9, 9, 9);
    run(
        new ConvolutionStep(
            "dx", ConvolutionStep.Pass.BACKWARD_DATA, shape, Precision.FP32, dx, w, dy));
    assertArrayEquals(new float[] {5, 2, 11, 5, 0, 3}, read(dx));
    Buffer dw = device(9, 9, 9, 9, 9, 9, 9, 9);
    run(
        new ConvolutionStep(
            "dw", ConvolutionStep.Pass.BACKWARD_FILTER, shape, Precision.FP32, x, dw, dy));
    assertArrayEquals(new float[] {10, 14, 18, 22, 14, 20, 26, 32}, read(dw));
  }

  /** One row of three pixels, windows of two with a column of padding on each side. */
  @Test
  void poolings() {
    Buffer x = device(-1, Float.NaN, -5);
    Buffer y = device(9, 9);
    run(new PoolingStep("max", new PoolingShape(true, 1, 1, 3, 1, 1, 2, 1, 2, 0, 1, 1, 2), x, y));
    assertArrayEquals(new float[] {-1, Float.NaN}, read(y));
    Buffer z = device(2, 4, 8);
    run(new PoolingStep("mean", new PoolingShape(false, 1, 1, 3, 1, 1, 2, 1, 2, 0, 1, 1, 2), z, y));
    assertArrayEquals(new float[] {2, 6}, read(y));
  }

  /** out = in w for a new input each time. */
  private Pipeline product(ByteBuffer in, ByteBuffer out) {
    Buffer x = device(0, 0);
    Buffer w = device(1, 2, 3, 4);
    Buffer y = device(0, 0);
    Buffer copy = device(0, 0);
    return pipeline(
        List.of(product(1, 2, 2, false, false, x, w, y), new CopyStep("copy", y, copy)),
        List.of(new Transfer(in, x)),
        List.of(new Transfer(out, copy)));
  }

  /** Twice, for the stand-ins take turns in which stream is ahead of the other. */
  @RepeatedTest(2)
  void eachRunTakesItsInputsReplayedOrNot() {
    for (String graphs : List.of("true", "false")) {
      System.setProperty(Settings.GRAPHS, graphs);
      ByteBuffer in = host(2);
      ByteBuffer out = host(2);
      Pipeline pipeline = product(in, out);
      for (int run = 0; run < 5; run++) {
        in.putFloat(0, run).putFloat(4, 1);
        pipeline.run();
        pipeline.await();
        assertEquals(run + 3, out.getFloat(0));
        assertEquals(2 * run + 4, out.getFloat(4));
      }
    }
  }

  @Test
  void runsAllocateNothing() {
    Pipeline pipeline = product(host(2), host(2));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE; // what the JVM itself allocates now and then is not meant
    for (int round = 0; round < 10; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int run = 0; run < 100; run++) {
        pipeline.run();
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    pipeline.await();
    assertEquals(0, least);
  }

  @Test
  void anotherThreadMayRun() throws InterruptedException {
    ByteBuffer in = host(2);
    ByteBuffer out = host(2);
    Pipeline pipeline = product(in, out);
    in.putFloat(0, 1);
    Thread thread =
        new Thread(
            () -> {
              pipeline.run();
              pipeline.await();
            });
    thread.start();
    thread.join();
    assertEquals(1, out.getFloat(0));
  }

  @Test
  void aKernelThatIsNotThereIsNamed() {
    Step step = new KernelStep("relu1", "no_such_kernel", Grid.of(1), 32, List.of(), List.of());
    BackendException e =
        assertThrows(BackendException.class, () -> pipeline(List.of(step), List.of(), List.of()));
    assertTrue(e.getMessage().startsWith("relu1: no_such_kernel"), e.getMessage());
  }

  @Test
  void useAfterCloseIsAnError() {
    Pipeline pipeline = product(host(2), host(2));
    pipeline.close();
    pipeline.close();
    assertThrows(IllegalStateException.class, pipeline::run);
    assertThrows(IllegalStateException.class, pipeline::await);
    resources.close();
    gpu.close();
    assertThrows(IllegalStateException.class, gpu::freeBytes);
  }
}
