// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.compile.Instruction;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.cuda.device.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** One instruction while it is lowered: its operands, and where steps and buffers are added. */
final class Site {
  /** Threads of a block in almost every kernel: BLOCK in cuda-kernels/include/vector.cuh. */
  static final int BLOCK = 256;

  private final PlanBuilder plan;
  private final Instruction instruction;
  private final int position;

  Site(PlanBuilder plan, Instruction instruction, int position) {
    this.plan = plan;
    this.instruction = instruction;
    this.position = position;
  }

  String name() {
    return instruction.name();
  }

  /** How a product of such factors is computed. */
  Precision precision(Operand factor) {
    return switch (factor.spec().dtype()) {
      case BFLOAT16 -> Precision.BF16;
      case FLOAT16 -> Precision.FP16;
      default -> plan.tf32() ? Precision.TF32 : Precision.FP32;
    };
  }

  int multiprocessors() {
    return plan.multiprocessors();
  }

  /** An input, row-major. */
  Operand in(int index) {
    return in(index, Order.ROW_MAJOR);
  }

  /** An input of its type and in an order: a copy, if it lies otherwise. */
  Operand in(int index, Order order) {
    return plan.operand(instruction.inputs().get(index), order, name());
  }

  /** An input in an order, of the type that it is stored in. */
  Operand stored(int index, Order order) {
    Operand x = lying(index);
    return x.liesIn(order) ? x : in(index, order);
  }

  /** An input as it lies. */
  Operand lying(int index) {
    return plan.operand(instruction.inputs().get(index));
  }

  /** All inputs, row-major. */
  List<Operand> ins() {
    return IntStream.range(0, inputs()).mapToObj(this::in).toList();
  }

  /**
   * What is made of an input once in a plan, for all instructions that ask.
   *
   * @param index of the input, which is taken row-major
   */
  Operand once(int index, UnaryOperator<Operand> maker) {
    return plan.once(instruction.inputs().get(index), () -> maker.apply(in(index)));
  }

  int inputs() {
    return instruction.inputs().size();
  }

  /** An output, row-major unless it was given another order. */
  Operand out(int index) {
    return plan.operand(instruction.outputs().get(index));
  }

  /** An output in an order. */
  Operand out(int index, Order order) {
    return plan.made(instruction.outputs().get(index), order);
  }

  /** An output in an order, and of a type that may not be the program's. */
  Operand out(int index, DType type, Order order) {
    return plan.made(instruction.outputs().get(index), type, order);
  }

  /**
   * In which order an output may be made element by element: that of an input of its shape, if all
   * others are of its shape too, or have a single element.
   */
  Order elementwise() {
    TensorSpec y = outSpec(0);
    Order order = Order.ROW_MAJOR;
    for (int i = 0; i < inputs(); i++) {
      Operand x = lying(i);
      if (x.shape().equals(y.shape())) {
        order = x.order() == Order.FILTER ? Order.FILTER : order;
      } else if (x.elements() > 1) {
        return Order.ROW_MAJOR;
      }
    }
    return order;
  }

  boolean readsVariables() {
    return instruction.inputs().stream().allMatch(plan::isVariable);
  }

  /**
   * An output that is the lasting copy of an input, which is a variable, in 16 bits; {@link
   * #refresh} makes it.
   */
  Operand copy(int index) {
    return plan.copy(instruction.outputs().get(index), instruction.inputs().get(index));
  }

  /**
   * The copy of a variable that is changed, of the type that the program's precision stores. It
   * must be written along.
   *
   * @return empty if no program has read one yet
   */
  Optional<Operand> copyBeside(int index) {
    return plan.copyBeside(instruction.inputs().get(index));
  }

  TensorSpec outSpec(int index) {
    return plan.spec(instruction.outputs().get(index));
  }

  /**
   * Lets an output lie where an input lies, if nobody needs the input any more; to be called before
   * {@link #out}.
   */
  void reuse(int output, int input) {
    plan.reuse(instruction.outputs().get(output), instruction.inputs().get(input), position);
  }

  /**
   * Makes an output the same memory as an input, if that can't be told from a copy.
   *
   * @return whether it was done
   */
  boolean alias(int output, int input) {
    return plan.alias(instruction.outputs().get(output), instruction.inputs().get(input));
  }

  /** Memory for this instruction alone. */
  Operand temporary(TensorSpec spec) {
    return new Operand(spec, scratch(spec.bytes()), Order.ROW_MAJOR);
  }

  /** Memory for this instruction alone, without a type. */
  Buffer scratch(long bytes) {
    return plan.buffer(bytes);
  }

  /** Words that are 0 before the first run: for counters, which kernels leave as they find them. */
  Buffer counters(long count) {
    return plan.filled(
        count * Integer.BYTES, () -> ByteBuffer.allocate(Math.toIntExact(count * Integer.BYTES)));
  }

  /** A table that is made once buffers have places; in native byte order. */
  Buffer table(long bytes, Supplier<ByteBuffer> contents) {
    return plan.filled(bytes, contents);
  }

  /** A table of numbers. */
  Buffer table(long[] numbers) {
    return table(
        numbers.length * (long) Long.BYTES,
        () -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.nativeOrder());
          bytes.asLongBuffer().put(numbers);
          return bytes;
        });
  }

  void add(Step step) {
    plan.add(step);
  }

  /**
   * Adds what may be computed where a tensor is made: to the convolution that makes it, if nothing
   * stands between, or else as a launch of its own.
   */
  void follow(Buffer tensor, Epilogue epilogue) {
    if (!plan.follow(tensor, epilogue)) {
      add(epilogue.kernel());
    }
  }

  /** Adds what runs before a run whose copies of variables are behind. */
  void refresh(Step step) {
    plan.refresh(step);
  }

  /** Adds a launch with the usual block. */
  void kernel(String kernel, Grid grid, Argument... arguments) {
    kernel(kernel, grid, BLOCK, arguments);
  }

  void kernel(String kernel, Grid grid, int block, Argument... arguments) {
    add(step(kernel, grid, block, arguments));
  }

  /** A launch with the usual block, not added. */
  KernelStep step(String kernel, Grid grid, Argument... arguments) {
    return step(kernel, grid, BLOCK, arguments);
  }

  private KernelStep step(String kernel, Grid grid, int block, Argument... arguments) {
    return new KernelStep(name(), kernel, grid, block, List.of(arguments), List.of());
  }

  static long ceil(long a, long b) {
    return (a + b - 1) / b;
  }
}
