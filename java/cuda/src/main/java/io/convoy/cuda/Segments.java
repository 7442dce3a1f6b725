// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;

import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Many tensors in one launch: the table that cuda-kernels/include/segments.cuh describes, a row of
 * 64 bytes for each group of tensors of one length. One tensor of a group may be of 16 bits, in
 * some groups and not in others, and beside it some that always are.
 */
final class Segments {
  /** Elements that a block takes at a time: CHUNK in segments.cuh. */
  private static final int CHUNK = 8 * Site.BLOCK;

  /** Addresses in a row. */
  private static final int TENSORS = 5;

  private static final int ROW = (TENSORS + 3) * Long.BYTES;

  private record Row(boolean wide, long length, long firstChunk, List<Access> tensors) {}

  private final List<Row> rows = new ArrayList<>();
  private String type = "f32";
  private long chunks;

  /**
   * Adds tensors of one length.
   *
   * @param like the one that may be of 16 bits
   * @param tensors what the kernel does with each
   */
  void add(Operand like, Access... tensors) {
    add(like, like.width() == Float.BYTES, tensors);
  }

  /**
   * Adds tensors.
   *
   * @param like the longest
   * @param wide what a kernel takes them for, as {@code wide} in segments.cuh
   * @param tensors what the kernel does with each
   */
  void add(Operand like, boolean wide, Access... tensors) {
    type = wide ? type : like.type();
    rows.add(new Row(wide, like.elements(), chunks, List.of(tensors)));
    chunks += Site.ceil(like.elements(), CHUNK);
  }

  /** Says of which type the tensors are that always are of 16 bits. */
  void narrow(Operand like) {
    type = like.type();
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The type in the name of a kernel for them: that of 16 bits, if there is one. */
  String type() {
    return type;
  }

  /** As many blocks as chunks, up to a limit. */
  Grid grid(long most) {
    return Grid.of(Math.min(chunks, most));
  }

  /** Adds a launch of a kernel whose parameters begin with table, rows and chunks. */
  void launch(String kernel, Grid grid, Site site, Argument... more) {
    site.add(step(kernel, grid, site, more));
  }

  /** A launch of a kernel whose parameters begin with table, rows and chunks. */
  KernelStep step(String kernel, Grid grid, Site site, Argument... more) {
    List<Argument> arguments = new ArrayList<>(List.of(of(chunks)));
    arguments.addAll(List.of(more));
    return step(kernel, grid, site, arguments);
  }

  /** Adds a launch, a block a row, of a kernel whose parameters begin with table and rows. */
  void launchEach(String kernel, Site site, Argument... more) {
    site.add(step(kernel, Grid.of(rows.size()), site, List.of(more)));
  }

  private KernelStep step(String kernel, Grid grid, Site site, List<Argument> more) {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(of(site.table((long) rows.size() * ROW, this::table)));
    arguments.add(of(rows.size()));
    arguments.addAll(more);
    return new KernelStep(site.name(), kernel, grid, Site.BLOCK, arguments, reached());
  }

  private List<Access> reached() {
    return rows.stream().flatMap(row -> row.tensors().stream()).toList();
  }

  private ByteBuffer table() {
    ByteBuffer table = ByteBuffer.allocate(rows.size() * ROW).order(ByteOrder.nativeOrder());
    for (Row row : rows) {
      for (int t = 0; t < TENSORS; t++) {
        table.putLong(t < row.tensors().size() ? row.tensors().get(t).buffer().address() : 0);
      }
      table.putLong(row.wide() ? 1 : 0).putLong(row.length()).putLong(row.firstChunk());
    }
    return table.flip();
  }
}
