// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.compile.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pass of cuDNN's convolution, and what follows it: a single launch, or two.
 *
 * @param name what it is for
 * @param pass which of the three
 * @param shape sizes, strides, padding
 * @param precision how: of it follows the type of the tensors
 * @param x image {@code [N,H,W,C]}; written by {@link Pass#BACKWARD_DATA}
 * @param w filter {@code [K,kh,kw,C/groups]}; written by {@link Pass#BACKWARD_FILTER}
 * @param y result {@code [N,P,Q,K]}; written by {@link Pass#FORWARD}
 * @param epilogue what follows; only a {@link Pass#FORWARD} has one
 */
public record ConvolutionStep(
    String name,
    Pass pass,
    ConvolutionShape shape,
    Precision precision,
    Buffer x,
    Buffer w,
    Buffer y,
    Optional<Epilogue> epilogue)
    implements Step {
  /** What is computed from what. */
  public enum Pass {
    /** y of x and w. */
    FORWARD,
    /** dx of dy and w. */
    BACKWARD_DATA,
    /** dw of x and dy. */
    BACKWARD_FILTER
  }

  /**
   * A pass that nothing follows.
   *
   * @param name the component
   * @param pass the component
   * @param shape the component
   * @param precision the component
   * @param x the component
   * @param w the component
   * @param y the component
   */
  public ConvolutionStep(
      String name,
      Pass pass,
      ConvolutionShape shape,
      Precision precision,
      Buffer x,
      Buffer w,
      Buffer y) {
    this(name, pass, shape, precision, x, w, y, Optional.empty());
  }

  /**
   * Tells whether an epilogue of a tensor may follow.
   *
   * @param tensor memory
   * @return whether this makes it, and nothing follows yet
   */
  public boolean ends(Buffer tensor) {
    return pass == Pass.FORWARD && y.equals(tensor) && epilogue.isEmpty();
  }

  /**
   * Adds what follows.
   *
   * @param next works on y
   * @return the step with it
   */
  public ConvolutionStep followedBy(Epilogue next) {
    return new ConvolutionStep(name, pass, shape, precision, x, w, y, Optional.of(next));
  }

  @Override
  public String kind() {
    return library() + epilogue.map(Epilogue::label).orElse("");
  }

  private String library() {
    return "cudnn convolution " + pass;
  }

  /** With those of the kernel that may follow: one launch for both moves less. */
  @Override
  public List<Access> accesses() {
    List<Access> accesses = new ArrayList<>(convolutionAccesses());
    epilogue.ifPresent(e -> accesses.addAll(e.accesses()));
    return accesses;
  }

  private List<Access> convolutionAccesses() {
    return switch (pass) {
      case FORWARD -> List.of(Access.read(x), Access.read(w), Access.write(y));
      case BACKWARD_DATA -> List.of(Access.write(x), Access.read(w), Access.read(y));
      case BACKWARD_FILTER -> List.of(Access.read(x), Access.write(w), Access.read(y));
    };
  }

  @Override
  public long flops() {
    return shape.flops();
  }

  @Override
  public String describe() {
    return name
        + ": "
        + library()
        + Step.in(precision)
        + " "
        + shape
        + epilogue.map(ConvolutionStep::describe).orElse("");
  }

  private static String describe(Epilogue e) {
    String rest = e.rest().map(kernel -> " before " + kernel.call()).orElse("");
    return e.label() + ", fused" + rest + " or by " + e.kernel().call();
  }
}
