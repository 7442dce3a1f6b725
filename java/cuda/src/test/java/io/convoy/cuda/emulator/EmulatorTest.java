// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import static io.convoy.cuda.device.Argument.inOut;
import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.backend.Availability;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.cuda.device.Pipeline;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The emulator itself: what is right runs, what is wrong is said. */
class EmulatorTest {
  private final List<Buffer> buffers = new ArrayList<>();
  private Gpu gpu;

  @BeforeEach
  void open() {
    EmulatedDriver driver = new EmulatedDriver();
    if (driver.probe() instanceof Availability.Unavailable u) {
      assumeTrue(false, u.reason() + "; " + u.cure());
    }
    gpu = driver.open(0);
  }

  @AfterEach
  void close() {
    if (gpu != null) {
      buffers.forEach(b -> gpu.free(b.address()));
      gpu.close();
    }
  }

  @Test
  void runsAKernel() {
    Buffer y = floats(0, 0, 0, 0, 0, 0);
    run("bias_forward_f32", of(rows()), of(bias()), to(y), of(2L), of(3));
    assertArrayEquals(new float[] {11, 22, 33, 14, 25, 36}, values(y));
  }

  @Test
  void refusesWhatIsNoKernel() {
    assertFails("no kernel 'bias'", "bias", of(rows()));
  }

  @Test
  void refusesArgumentsThatTheKernelDoesNotTake() {
    Buffer y = floats(0, 0, 0, 0, 0, 0);
    assertFails(
        "takes pppli, got Int 2 as argument 3",
        "bias_forward_f32",
        of(rows()),
        of(bias()),
        to(y),
        of(2),
        of(3));
    assertFails(
        "takes pppli, got 4 arguments", "bias_forward_f32", of(rows()), of(bias()), to(y), of(2L));
  }

  @Test
  void findsWhatLeavesItsBuffers() {
    Buffer y = floats(0, 0, 0, 0, 0);
    assertFails(
        "writes 4 bytes at 20 of 'test', which has 20",
        "bias_forward_f32",
        of(rows()),
        of(bias()),
        to(y),
        of(2L),
        of(3));
  }

  @Test
  void findsWhatLeavesItsPartOfTheArena() {
    Buffer arena = floats(new float[12]);
    Buffer y = Buffer.at(arena.address(), 5 * Float.BYTES);
    assertFails(
        "writes 4 bytes at 20 of 'test', which is no part that the launch was given",
        "bias_forward_f32",
        of(rows()),
        of(bias()),
        to(y),
        of(2L),
        of(3));
  }

  @Test
  void findsAWrongDirection() {
    Buffer y = floats(0, 0, 0, 0, 0, 0);
    assertFails(
        "which the launch was given to read alone",
        "bias_forward_f32",
        of(rows()),
        of(bias()),
        of(y),
        of(2L),
        of(3));
    assertFails(
        "which the launch was given to write alone",
        "bias_forward_f32",
        of(rows()),
        to(bias()),
        to(y),
        of(2L),
        of(3));
    assertFails(
        "24 bytes, access 2, were given to be read, and were not",
        "bias_forward_f32",
        of(rows()),
        of(bias()),
        inOut(y),
        of(2L),
        of(3));
    assertFails(
        "12 bytes, access 1, were given to be written, and were not",
        "bias_forward_f32",
        of(rows()),
        inOut(bias()),
        to(y),
        of(2L),
        of(3));
  }

  @Test
  void findsMemoryThatIsNotThere() {
    assertFails(
        "no allocation holds 24 bytes",
        "bias_forward_f32",
        of(rows()),
        of(bias()),
        of(Buffer.planned(24)),
        of(2L),
        of(3));
    assertThrows(RuntimeException.class, () -> gpu.free(1));
  }

  @Test
  void mustBeLeftEmpty() {
    Gpu other = new EmulatedDriver().open(0);
    other.allocate(8, "what stays");
    AssertionError error = assertThrows(AssertionError.class, other::close);
    assertTrue(error.getMessage().contains("what stays"), error.getMessage());
  }

  private Buffer rows() {
    return floats(1, 2, 3, 4, 5, 6);
  }

  private Buffer bias() {
    return floats(10, 20, 30);
  }

  private Buffer floats(float... values) {
    ByteBuffer bytes = bytes(values.length);
    bytes.asFloatBuffer().put(values);
    Buffer buffer = Buffer.at(gpu.allocate(bytes.capacity(), "test"), bytes.capacity());
    gpu.write(buffer.address(), bytes);
    buffers.add(buffer);
    return buffer;
  }

  private float[] values(Buffer buffer) {
    float[] values = new float[(int) buffer.bytes() / Float.BYTES];
    ByteBuffer bytes = bytes(values.length);
    gpu.read(buffer.address(), bytes);
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer bytes(int floats) {
    return ByteBuffer.allocate(floats * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  private void run(String kernel, Argument... arguments) {
    KernelStep step =
        new KernelStep("step", kernel, Grid.of(1), 256, List.of(arguments), List.of());
    try (Pipeline pipeline = gpu.pipeline(List.of(step), List.of(), List.of())) {
      pipeline.run();
    }
  }

  private void assertFails(String words, String kernel, Argument... arguments) {
    Exception e = assertThrows(RuntimeException.class, () -> run(kernel, arguments));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
