// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Reads event files with TensorFlow's own classes, and every checksum in them. */
final class EventReader {
  private EventReader() {}

  /** The event files of a folder, the oldest first. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.naturalOrder()).toList();
    }
  }

  static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[Long.BYTES];
      bytes.get(bytes.position(), length);
      byte[] data = new byte[Math.toIntExact(bytes.getLong())];
      assertEquals(masked(crc32c(length)), bytes.getInt(), "checksum of the length");
      bytes.get(data);
      assertEquals(masked(crc32c(data)), bytes.getInt(), "checksum of the event");
      events.add(Event.parseFrom(data));
    }
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    for (Event event : events) {
      assertTrue(Math.abs(event.getWallTime() - System.currentTimeMillis() / 1000.0) < 600);
    }
    return events.subList(1, events.size());
  }

  /** The values with a tag, by step; each step has it once. */
  static Map<Long, Summary.Value> values(List<Event> events, String tag) {
    Map<Long, Summary.Value> byStep = new LinkedHashMap<>();
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)) {
          assertEquals(null, byStep.put(event.getStep(), value), tag);
        }
      }
    }
    return byStep;
  }

  /** As {@link #values}, of scalars. */
  static Map<Long, Float> scalars(List<Event> events, String tag) {
    Map<Long, Float> byStep = new LinkedHashMap<>();
    values(events, tag).forEach((step, value) -> byStep.put(step, value.getSimpleValue()));
    return byStep;
  }

  /** Bit by bit, with Castagnoli's polynomial reversed. */
  private static int crc32c(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) * 0x82F63B78);
      }
    }
    return ~crc;
  }

  private static int masked(int crc) {
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }
}
