// SPDX-License-Identifier: Apache-2.0
package io.convoy.autodiff;

import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.AugmentImages;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Binary;
import io.convoy.ops.Concat;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.Dropout;
import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.LocalResponseNormalizationGrad;
import io.convoy.ops.MatMul;
import io.convoy.ops.Op;
import io.convoy.ops.Pad;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.Reduce;
import io.convoy.ops.ReduceGrad;
import io.convoy.ops.Reshape;
import io.convoy.ops.Reverse;
import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.Slice;
import io.convoy.ops.Softmax;
import io.convoy.ops.SoftmaxCrossEntropy;
import io.convoy.ops.SoftmaxGrad;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of gradient rules. An op that is not in it has no gradient. */
final class Rules {
  private static final Map<Class<? extends Op>, Rule> TABLE = new HashMap<>();

  static {
    TABLE.put(Conv2D.class, Rules::conv2d);
    TABLE.put(Conv2DBackpropInput.class, Rules::conv2dTranspose);
    TABLE.put(BiasAdd.class, (n, dy, w) -> list(dy.get(0), make(w[1], n, new BiasAddGrad(), dy)));
    TABLE.put(Pool2D.class, Rules::pool);
    TABLE.put(MatMul.class, Rules::matmul);
    TABLE.put(Activate.class, Rules::activate);
    TABLE.put(Softmax.class, Rules::softmax);
    TABLE.put(SoftmaxCrossEntropy.class, Rules::softmaxCrossEntropy);
    TABLE.put(SigmoidCrossEntropy.class, (n, dy, w) -> list(times(dy.get(0), n.output(1)), null));
    TABLE.put(Binary.class, BinaryRule::apply);
    TABLE.put(Reduce.class, Rules::reduce);
    TABLE.put(Reshape.class, (n, dy, w) -> list(reshapeLike(dy.get(0), n.input(0).shape())));
    TABLE.put(Concat.class, Rules::concat);
    TABLE.put(Slice.class, Rules::slice);
    TABLE.put(Pad.class, Rules::pad);
    TABLE.put(BatchNorm.class, Rules::batchNorm);
    TABLE.put(BatchNormInference.class, Rules::batchNormInference);
    TABLE.put(LocalResponseNormalization.class, Rules::localResponseNormalization);
    TABLE.put(Reverse.class, (n, dy, w) -> list(node(n, n.op(), dy.get(0))));
    TABLE.put(AugmentImages.class, Rules::augmentImages);
    TABLE.put(Dropout.class, (n, dy, w) -> list(node(n, n.op(), dy.get(0), n.input(1)), null));
  }

  private Rules() {}

  static Rule of(Op op) {
    return TABLE.getOrDefault(op.getClass(), (node, dy, wanted) -> none(wanted.length));
  }

  private static List<Value> conv2d(Node n, List<Value> dy, boolean[] wanted) {
    Conv2D op = (Conv2D) n.op();
    Shape x = n.input(0).shape();
    Shape w = n.input(1).shape();
    Op filter = new Conv2DBackpropFilter(op.spec(), w.dim(0), w.dim(1));
    Op input = new Conv2DBackpropInput(op.spec(), x.dim(1), x.dim(2));
    Value dw = wanted[1] ? node(n, filter, n.input(0), dy.get(0)) : null;
    Value dx = wanted[0] ? node(n, input, dy.get(0), n.input(1)) : null;
    return list(dx, dw);
  }

  /** The transposed convolution reads (image, filter) where the convolution's gradient reads dy. */
  private static List<Value> conv2dTranspose(Node n, List<Value> dy, boolean[] wanted) {
    Conv2DBackpropInput op = (Conv2DBackpropInput) n.op();
    Shape w = n.input(1).shape();
    Op filter = new Conv2DBackpropFilter(op.spec(), w.dim(0), w.dim(1));
    Value dx = wanted[0] ? node(n, new Conv2D(op.spec()), dy.get(0), n.input(1)) : null;
    Value dw = wanted[1] ? node(n, filter, dy.get(0), n.input(0)) : null;
    return list(dx, dw);
  }

  private static List<Value> pool(Node n, List<Value> dy, boolean[] wanted) {
    Op op = new Pool2DGrad(((Pool2D) n.op()).spec());
    return list(node(n, op, n.input(0), n.output(0), dy.get(0)));
  }

  /** With C = A' B', where ' may transpose: dA' = dC B'^T and dB' = A'^T dC. */
  private static List<Value> matmul(Node n, List<Value> dy, boolean[] wanted) {
    MatMul op = (MatMul) n.op();
    boolean ta = op.transposeA();
    boolean tb = op.transposeB();
    Value a = n.input(0);
    Value b = n.input(1);
    Value dc = dy.get(0);
    Value da = null;
    Value db = null;
    if (wanted[1]) {
      db = tb ? node(n, new MatMul(true, ta), dc, a) : node(n, new MatMul(!ta, false), a, dc);
    }
    if (wanted[0]) {
      da = ta ? node(n, new MatMul(tb, true), b, dc) : node(n, new MatMul(false, !tb), dc, b);
    }
    return list(da, db);
  }

  private static List<Value> activate(Node n, List<Value> dy, boolean[] wanted) {
    Activation f = ((Activate) n.op()).function();
    switch (f.kind().derivativeUses()) {
      case INPUT:
        return list(node(n, new ActivateGrad(f), dy.get(0), n.input(0)));
      case OUTPUT:
        return list(node(n, new ActivateGrad(f), dy.get(0), n.output(0)));
      default:
        return list(node(n, new Activate(Activation.linear(f.alpha(), 0)), dy.get(0)));
    }
  }

  private static List<Value> softmax(Node n, List<Value> dy, boolean[] wanted) {
    return list(node(n, new SoftmaxGrad(((Softmax) n.op()).log()), n.output(0), dy.get(0)));
  }

  private static List<Value> softmaxCrossEntropy(Node n, List<Value> dy, boolean[] wanted) {
    Value perRow = Nn.reshape(dy.get(0), Shape.of(n.output(0).shape().dim(0), 1));
    return list(times(n.output(1), perRow), null);
  }

  private static List<Value> reduce(Node n, List<Value> dy, boolean[] wanted) {
    return list(node(n, new ReduceGrad((Reduce) n.op()), dy.get(0), n.input(0)));
  }

  private static List<Value> concat(Node n, List<Value> dy, boolean[] wanted) {
    int axis = ((Concat) n.op()).axis();
    List<Value> parts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < n.inputs().size(); i++) {
      int length = n.input(i).shape().dim(axis);
      parts.add(wanted[i] ? node(n, new Slice(axis, begin, length), dy.get(0)) : null);
      begin += length;
    }
    return parts;
  }

  private static List<Value> slice(Node n, List<Value> dy, boolean[] wanted) {
    Slice op = (Slice) n.op();
    int rest = n.input(0).shape().dim(op.axis()) - op.begin() - op.length();
    return list(node(n, new Pad(op.axis(), op.begin(), rest), dy.get(0)));
  }

  private static List<Value> pad(Node n, List<Value> dy, boolean[] wanted) {
    Pad op = (Pad) n.op();
    int length = n.input(0).shape().dim(op.axis());
    return list(node(n, new Slice(op.axis(), op.before(), length), dy.get(0)));
  }

  private static List<Value> batchNorm(Node n, List<Value> dy, boolean[] wanted) {
    if (dy.get(0) == null || dy.get(1) != null || dy.get(2) != null) {
      throw new IllegalArgumentException(
          "'" + n.name() + "': mean and variance of a batch have no gradient");
    }
    Op op = new BatchNormGrad(((BatchNorm) n.op()).epsilon(), false);
    Value mean = n.output(1);
    Value variance = n.output(2);
    return nodes(n, op, n.input(0), dy.get(0), n.input(1), mean, variance);
  }

  private static List<Value> batchNormInference(Node n, List<Value> dy, boolean[] wanted) {
    Op op = new BatchNormGrad(((BatchNormInference) n.op()).epsilon(), true);
    Value mean = n.input(3);
    Value variance = n.input(4);
    List<Value> made = nodes(n, op, n.input(0), dy.get(0), n.input(1), mean, variance);
    return list(made.get(0), made.get(1), made.get(2), null, null);
  }

  private static List<Value> localResponseNormalization(Node n, List<Value> dy, boolean[] wanted) {
    Op op = new LocalResponseNormalizationGrad((LocalResponseNormalization) n.op());
    return list(node(n, op, n.input(0), dy.get(0)));
  }

  private static List<Value> augmentImages(Node n, List<Value> dy, boolean[] wanted) {
    throw new IllegalArgumentException(
        "'" + n.name() + "': augmentation has no gradient. Put it before all that is learned");
  }

  private static Value reshapeLike(Value value, Shape shape) {
    return Nn.reshape(value, shape);
  }

  private static Value times(Value a, Value b) {
    return Nn.multiply(a, b);
  }

  private static Value make(boolean wanted, Node n, Op op, List<Value> inputs) {
    return wanted ? node(n, op, inputs.get(0)) : null;
  }

  static Value node(Node of, Op op, Value... inputs) {
    return nodes(of, op, inputs).get(0);
  }

  private static List<Value> nodes(Node of, Op op, Value... inputs) {
    return of.graph().add(op.getClass().getSimpleName(), op, inputs).outputs();
  }

  private static List<Value> none(int count) {
    return Arrays.asList(new Value[count]);
  }

  static List<Value> list(Value... values) {
    return Arrays.asList(values);
  }
}
