// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A protocol buffer that grows field by field, in the wire format of
 * https://protobuf.dev/programming-guides/encoding. Field numbers are those of the {@code .proto}
 * file. Large contents are referred to and not copied.
 */
public final class ProtocolBuffer {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  /** What stands before {@link #tail}. */
  private final List<ByteBuffer> parts = new ArrayList<>();

  private final ByteArrayOutputStream tail = new ByteArrayOutputStream();

  /** Makes a message without fields. */
  public ProtocolBuffer() {}

  /**
   * Adds an int32, int64, or enum.
   *
   * @param field its number
   * @param value its value
   * @return this
   */
  public ProtocolBuffer integer(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  /**
   * Adds a float.
   *
   * @param field its number
   * @param value its value
   * @return this
   */
  public ProtocolBuffer float32(int field, float value) {
    tag(field, FIXED32);
    tail.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
    return this;
  }

  /**
   * Adds a double.
   *
   * @param field its number
   * @param value its value
   * @return this
   */
  public ProtocolBuffer float64(int field, double value) {
    tag(field, FIXED64);
    tail.writeBytes(littleEndian(Double.BYTES).putDouble(value).array());
    return this;
  }

  /**
   * Adds a repeated double, packed.
   *
   * @param field its number
   * @param values its values
   * @return this
   */
  public ProtocolBuffer doubles(int field, double... values) {
    ByteBuffer packed = littleEndian(values.length * Double.BYTES);
    packed.asDoubleBuffer().put(values);
    return bytes(field, packed.array());
  }

  /**
   * Adds a string.
   *
   * @param field its number
   * @param value its value
   * @return this
   */
  public ProtocolBuffer string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a message.
   *
   * @param field its number
   * @param value its value, as it is now
   * @return this
   */
  public ProtocolBuffer message(int field, ProtocolBuffer value) {
    tag(field, LENGTH_DELIMITED);
    varint(value.size());
    value.parts.forEach(this::refer);
    tail.writeBytes(value.tail.toByteArray());
    return this;
  }

  /**
   * Adds bytes, which are copied.
   *
   * @param field its number
   * @param value its value
   * @return this
   */
  public ProtocolBuffer bytes(int field, byte[] value) {
    tag(field, LENGTH_DELIMITED);
    varint(value.length);
    tail.writeBytes(value);
    return this;
  }

  /**
   * Adds bytes, which are not copied and must not change before the message is written.
   *
   * @param field its number
   * @param value its value, from position to limit
   * @return this
   */
  public ProtocolBuffer bytes(int field, ByteBuffer value) {
    tag(field, LENGTH_DELIMITED);
    varint(value.remaining());
    refer(value.slice());
    return this;
  }

  /**
   * Returns how long the message is. Readers take at most 2^31-1 bytes.
   *
   * @return size in bytes
   */
  public long size() {
    return parts.stream().mapToLong(ByteBuffer::remaining).sum() + tail.size();
  }

  /**
   * Returns the message.
   *
   * @return its bytes
   * @throws ArithmeticException if there are more than 2^31-1
   */
  public byte[] toByteArray() {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(size()));
    parts.forEach(part -> all.put(part.duplicate()));
    return all.put(tail.toByteArray()).array();
  }

  /**
   * Writes the message.
   *
   * @param out where to; a write takes all bytes
   * @throws IOException if it fails
   */
  public void writeTo(WritableByteChannel out) throws IOException {
    for (ByteBuffer part : parts) {
      out.write(part.duplicate());
    }
    out.write(ByteBuffer.wrap(tail.toByteArray()));
  }

  private void refer(ByteBuffer part) {
    parts.add(ByteBuffer.wrap(tail.toByteArray()));
    parts.add(part);
    tail.reset();
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  /** Groups of seven bits, the lowest first, with a bit on top of all but the last. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      tail.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    tail.write((int) rest);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
