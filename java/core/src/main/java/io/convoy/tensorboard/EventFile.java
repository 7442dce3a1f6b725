// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensorboard;

import io.convoy.files.ProtocolBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: TFRecords (tensorflow/core/lib/io/record_writer.cc) that each hold an
 * {@code Event} (tensorflow/core/util/event.proto). It is opened for each record alone, so that
 * there is nothing to close when a fit fails.
 *
 * @param path the file
 */
record EventFile(Path path) {
  private static final String VERSION = "brain.Event:2";

  // Of Event.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int GRAPH_DEF = 4;
  private static final int SUMMARY = 5;

  /** Of Summary. */
  private static final int VALUE = 1;

  /** Begins a file in a folder, which is made if there is none. */
  static EventFile create(Path folder) {
    try {
      Files.createDirectories(folder);
      EventFile file = new EventFile(unused(folder));
      file.append(event(0).string(FILE_VERSION, VERSION));
      return file;
    } catch (IOException e) {
      throw explained("folder '" + folder + "' can't take event files", e);
    }
  }

  /** Makes events.out.tfevents.SECONDS.HOST; in the next second if there is one of this. */
  private static Path unused(Path folder) throws IOException {
    long seconds = System.currentTimeMillis() / 1000;
    while (true) {
      Path file = folder.resolve("events.out.tfevents." + seconds + "." + host());
      try {
        return Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        seconds++;
      }
    }
  }

  /** Only tells people where the file was written. */
  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Writes values by {@link Summaries}. */
  void write(long step, List<ProtocolBuffer> values) {
    ProtocolBuffer summary = new ProtocolBuffer();
    values.forEach(value -> summary.message(VALUE, value));
    write(event(step).message(SUMMARY, summary));
  }

  /** Writes a graph by {@link GraphDef}. */
  void writeGraph(ProtocolBuffer graph) {
    write(event(0).message(GRAPH_DEF, graph));
  }

  private static ProtocolBuffer event(long step) {
    return new ProtocolBuffer()
        .float64(WALL_TIME, System.currentTimeMillis() * 1e-3)
        .integer(STEP, step);
  }

  private void write(ProtocolBuffer event) {
    try {
      append(event);
    } catch (IOException e) {
      throw explained("event file '" + path + "' can't be written", e);
    }
  }

  private static UncheckedIOException explained(String what, IOException e) {
    String message = what + ": " + e + ". Make room, or choose another folder for TensorBoard";
    return new UncheckedIOException(new IOException(message, e));
  }

  /** Length, its checksum, the event, its checksum; little-endian, in one write. */
  private void append(ProtocolBuffer event) throws IOException {
    byte[] data = event.toByteArray();
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(data.length);
    record
        .putInt(maskedCrc(record.array(), Long.BYTES))
        .put(data)
        .putInt(maskedCrc(data, data.length));
    Files.write(path, record.array(), StandardOpenOption.APPEND);
  }

  /** Masked as in tensorflow/core/lib/hash/crc32c.h, since it stands beside what it is of. */
  private static int maskedCrc(byte[] data, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
