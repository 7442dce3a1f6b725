// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the header of a safetensors file that may be damaged or made to do harm: everything that
 * the format does not allow is an error, and nothing is allocated that the file does not hold.
 */
final class HeaderReader {
  private static final int MAX_RANK = 64;
  private static final int MAX_QUOTE = 80;
  private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");

  private final Path file;
  private final long dataBytes;
  private final Predicate<String> wanted;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private JsonReader json;

  /**
   * A tensor in the data, from byte {@code begin} to {@code end - 1}; one that is not wanted has no
   * spec, since it may be of any type.
   */
  record Entry(String name, Optional<TensorSpec> spec, long begin, long end) {}

  HeaderReader(Path file, long dataBytes, Predicate<String> wanted) {
    this.file = file;
    this.dataBytes = dataBytes;
    this.wanted = wanted;
  }

  static IOException bad(Path file, String what) {
    return new IOException(
        "file '" + file + "' can't be read as safetensors: " + what + ". Get or save it again");
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** Returns the tensors as they lie in the data, one behind the other. */
  List<Entry> entries() {
    return entries.stream()
        .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
        .toList();
  }

  void parse(ByteBuffer header) throws IOException {
    String text = text(header);
    if (!text.startsWith("{")) {
      throw bad("its header does not begin with {");
    }
    json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
    try {
      Set<String> names = new HashSet<>();
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        if (!names.add(name)) {
          throw bad(quote(name) + " is there twice");
        }
        if (name.equals(HeaderWriter.METADATA)) {
          readMetadata();
        } else {
          readEntry(name);
        }
      }
      json.endObject();
      json.peek(); // fails unless the text ends here
    } catch (MalformedJsonException | EOFException e) {
      throw bad("its header is no valid JSON at " + quote(json.getPath()));
    } catch (IllegalStateException e) { // another kind of value than was asked for
      throw bad("its header has another kind of value than the format at " + quote(json.getPath()));
    }
    requireOneBehindTheOther();
  }

  private String text(ByteBuffer header) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(header).toString();
    } catch (CharacterCodingException e) {
      throw bad("its header is no UTF-8");
    }
  }

  private void readMetadata() throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      if (json.peek() != JsonToken.STRING) {
        throw bad("metadata " + quote(key) + " is no text");
      }
      if (metadata.put(key, json.nextString()) != null) {
        throw bad("metadata " + quote(key) + " is there twice");
      }
    }
    json.endObject();
  }

  private void readEntry(String name) throws IOException {
    String tensor = "tensor " + quote(name);
    Optional<DType> dtype = Optional.empty();
    long[] dims = null;
    long[] offsets = null;
    Set<String> fields = new HashSet<>();
    json.beginObject();
    while (json.hasNext()) {
      String field = json.nextName();
      if (!fields.add(field)) {
        throw bad(tensor + " has " + quote(field) + " twice");
      }
      switch (field) {
        case "dtype" -> {
          String text = json.nextString();
          dtype = wanted.test(name) ? Optional.of(dtype(tensor, text)) : Optional.empty();
        }
        case "shape" -> dims = numbers(tensor);
        case "data_offsets" -> offsets = numbers(tensor);
        default -> throw bad(tensor + " has an unknown field " + quote(field));
      }
    }
    json.endObject();
    if (!fields.equals(FIELDS) || offsets.length != 2) {
      throw bad(tensor + " lacks dtype, shape, or data_offsets with a begin and an end");
    }
    Optional<TensorSpec> spec = Optional.empty();
    if (dtype.isPresent()) {
      spec = Optional.of(new TensorSpec(dtype.get(), shape(tensor, dims)));
    }
    Entry entry = new Entry(name, spec, offsets[0], offsets[1]);
    requireInside(tensor, entry);
    if (spec.isPresent()) {
      requireSize(tensor, entry, spec.get());
    }
    entries.add(entry);
  }

  private DType dtype(String tensor, String name) throws IOException {
    return switch (name) {
      case HeaderWriter.F32 -> DType.FLOAT32;
      case HeaderWriter.I32 -> DType.INT32;
      default -> throw bad(tensor + " has dtype " + quote(name) + "; only F32 and I32 can be read");
    };
  }

  private long[] numbers(String tensor) throws IOException {
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      if (numbers.size() == MAX_RANK) {
        throw bad(tensor + " has more than " + MAX_RANK + " dimensions");
      }
      numbers.add(number(tensor));
    }
    json.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  /** Reads the digits itself: nextLong would take "1", 1.0 and 1e0, too. */
  private long number(String tensor) throws IOException {
    if (json.peek() != JsonToken.NUMBER) {
      throw bad(tensor + " has something else where a number belongs");
    }
    String digits = json.nextString();
    try {
      long number = Long.parseLong(digits);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the same message as for negative numbers
    }
    throw bad(tensor + " has the number " + quote(digits) + ", not a whole one from 0 to 2^63-1");
  }

  private Shape shape(String tensor, long[] dims) throws IOException {
    int[] shape = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] > Integer.MAX_VALUE) {
        throw bad(tensor + " has dimension " + dims[i] + "; at most 2^31-1 can be read");
      }
      shape[i] = (int) dims[i];
    }
    return Shape.of(shape);
  }

  private void requireInside(String tensor, Entry entry) throws IOException {
    if (entry.begin() > entry.end()) {
      throw bad(
          tensor + " begins at byte " + entry.begin() + " and ends before, at " + entry.end());
    }
    if (entry.end() > dataBytes) {
      throw bad(
          String.format(
              "%s ends at byte %d of the data, the file has %d. Is it cut off?",
              tensor, entry.end(), dataBytes));
    }
  }

  private void requireSize(String tensor, Entry entry, TensorSpec spec) throws IOException {
    long bytes;
    try {
      bytes = spec.bytes();
    } catch (ArithmeticException e) {
      throw bad(tensor + " of shape " + spec.shape() + " has more than 2^63-1 bytes");
    }
    if (entry.end() - entry.begin() != bytes) {
      throw bad(
          String.format(
              "%s is %s and wants %d bytes, its data_offsets hold %d",
              tensor, spec, bytes, entry.end() - entry.begin()));
    }
    if (bytes > Integer.MAX_VALUE) {
      throw bad(tensor + " has " + bytes + " bytes; at most 2^31-1 can be read");
    }
  }

  private void requireOneBehindTheOther() throws IOException {
    long end = 0;
    String before = "the header";
    for (Entry entry : entries()) {
      String tensor = "tensor " + quote(entry.name());
      if (entry.begin() != end) {
        throw bad(
            String.format(
                "%s begins at byte %d of the data, but %s ends at %d: %s",
                tensor, entry.begin(), before, end, entry.begin() < end ? "an overlap" : "a hole"));
      }
      end = entry.end();
      before = tensor;
    }
    if (end != dataBytes) {
      throw bad(
          String.format("%s ends at byte %d of the data, the file has %d", before, end, dataBytes));
    }
  }

  private IOException bad(String what) {
    return bad(file, what);
  }

  /**
   * Names come from the file: they are shortened, and can't send control characters to a screen.
   */
  private static String quote(String name) {
    String start = name.length() > MAX_QUOTE ? name.substring(0, MAX_QUOTE) + "…" : name;
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
