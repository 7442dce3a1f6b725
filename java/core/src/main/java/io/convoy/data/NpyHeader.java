// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file: magic, version, length, and a Python dictionary with the
 * element type, the order and the shape.
 *
 * @param bytes what the header takes in the file
 */
record NpyHeader(NpyType type, ByteOrder order, Shape shape, int bytes) {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int START = MAGIC.length + 2;

  /** NumPy's own limit. */
  private static final int MAX_TEXT = 10_000;

  private static final String TYPES =
      "only float32, float64, int32, int64 and uint8 (<f4 <f8 <i4 <i8 |u1, or > for big-endian)"
          + " can be read. Convert it with astype";

  /** An entry with a value of one of the kinds that the three keys have. */
  private static final Pattern ENTRY =
      Pattern.compile("\\s*'(\\w+)'\\s*:\\s*('[^']*'|True|False|\\([0-9,\\s]*\\))\\s*(,\\s*|$)");

  /**
   * Reads a header.
   *
   * @param place the file, for messages
   */
  static NpyHeader read(InputStream in, String place) throws IOException {
    byte[] start = bytes(in, START, place);
    if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new DataException(
          String.format(
              "%s begins with %s, a NumPy file with %s. Is it another kind of file?",
              place, hex(start, MAGIC.length), hex(MAGIC, MAGIC.length)));
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3 || start[MAGIC.length + 1] != 0) {
      throw new DataException(
          String.format(
              "%s has format %d.%d; 1.0, 2.0 and 3.0 can be read. Save it with numpy.save",
              place, version, start[MAGIC.length + 1]));
    }
    int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
    ByteBuffer length = ByteBuffer.wrap(bytes(in, lengthBytes, place));
    length.order(ByteOrder.LITTLE_ENDIAN);
    long claimed = version == 1 ? length.getShort() & 0xFFFF : length.getInt() & 0xFFFFFFFFL;
    if (claimed > MAX_TEXT) {
      throw damaged(
          place, "its header claims " + claimed + " bytes, at most " + MAX_TEXT + " are usual");
    }
    // Latin-1 in formats 1.0 and 2.0, UTF-8 in 3.0: what can be read is ASCII.
    byte[] text = bytes(in, (int) claimed, place);
    int all = START + lengthBytes + text.length;
    return parse(new String(text, StandardCharsets.ISO_8859_1), all, place);
  }

  private static NpyHeader parse(String text, int bytes, String place) throws DataException {
    Map<String, String> entries = entries(text.strip(), place);
    if (!entries.keySet().equals(Set.of("descr", "fortran_order", "shape"))) {
      throw damaged(
          place, "its header has not the keys descr, fortran_order and shape: " + quote(text));
    }
    String descr = entries.get("descr");
    Shape shape = shape(entries.get("shape"), place);
    if (!entries.get("fortran_order").equals("False") && shape.rank() > 1) {
      throw new DataException(
          place + " is in Fortran's order. Save it in C's, as numpy.ascontiguousarray(a)");
    }
    ByteOrder order = descr.startsWith("'>") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    NpyHeader header = new NpyHeader(type(descr, place), order, shape, bytes);
    header.requireRoom(place);
    return header;
  }

  private static Map<String, String> entries(String text, String place) throws DataException {
    if (text.length() < 2 || !text.startsWith("{") || !text.endsWith("}")) {
      throw damaged(place, "its header is no dictionary: " + quote(text));
    }
    if (text.matches("(?s).*'descr'\\s*:\\s*\\[.*")) {
      throw new DataException(place + " has elements with fields; " + TYPES);
    }
    Map<String, String> entries = new HashMap<>();
    String inner = text.substring(1, text.length() - 1).strip();
    Matcher entry = ENTRY.matcher(inner);
    for (int at = 0; at < inner.length(); at = entry.end()) {
      if (!entry.region(at, inner.length()).lookingAt()) {
        throw damaged(place, "its header can't be understood: " + quote(text));
      }
      entries.put(entry.group(1), entry.group(2));
    }
    return entries;
  }

  private static NpyType type(String quoted, String place) throws DataException {
    String descr = quoted.substring(1, Math.max(1, quoted.length() - 1));
    boolean ordered = descr.startsWith("<") || descr.startsWith(">");
    for (NpyType type : NpyType.values()) {
      boolean known = descr.endsWith(type.name().toLowerCase(Locale.ROOT)) && descr.length() == 3;
      if (known && (ordered || type == NpyType.U1 && descr.startsWith("|"))) {
        return type;
      }
    }
    throw new DataException(place + " has elements of type " + quote(descr) + "; " + TYPES);
  }

  private static Shape shape(String tuple, String place) throws DataException {
    if (!tuple.startsWith("(")) {
      throw damaged(place, "its shape is " + quote(tuple) + ", which is no tuple");
    }
    String inner = tuple.substring(1, tuple.length() - 1).strip();
    String[] words = inner.isEmpty() ? new String[0] : inner.split("\\s*,\\s*");
    int[] dims = new int[words.length];
    try {
      for (int i = 0; i < dims.length; i++) {
        dims[i] = Integer.parseInt(words[i]);
      }
    } catch (NumberFormatException e) {
      throw damaged(place, "its shape " + quote(tuple) + " has no dimensions below 2^31");
    }
    return Shape.of(dims);
  }

  private void requireRoom(String place) throws DataException {
    long largest = Integer.MAX_VALUE / Math.max(type.bytes(), type.becomes().bytes());
    long elements = 1;
    for (int dim : shape.dims()) {
      elements *= dim; // both below 2^31
      if (elements > largest) {
        throw new DataException(
            String.format(
                "%s claims the shape %s; at most %d elements of its type can be read. Split it",
                place, shape, largest));
      }
    }
  }

  /** Bytes of all elements in the file. */
  int dataBytes() {
    return (int) shape.elements() * type.bytes();
  }

  private static byte[] bytes(InputStream in, int count, String place) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw damaged(place, "it ends within its header");
    }
    return bytes;
  }

  static DataException damaged(String place, String what) {
    return new DataException(place + " is damaged: " + what + ". Get or save it again");
  }

  private static String hex(byte[] bytes, int count) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes, 0, count);
  }

  /** Texts come from the file: they can't send control characters to a screen. */
  private static String quote(String text) {
    String start = text.length() > 120 ? text.substring(0, 120) + "…" : text;
    return start.strip().replaceAll("\\p{Cntrl}", "?");
  }
}
