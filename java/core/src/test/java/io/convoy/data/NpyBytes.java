// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes NumPy files, sound ones and others. */
final class NpyBytes {
  private NpyBytes() {}

  static byte[] npy(String descr, String shape, byte[] elements) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }";
    return npy(1, String.format(header, descr, shape) + "\n", elements);
  }

  static byte[] npy(int version, String header, byte[] elements) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(12 + text.length + elements.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put(NpyHeader.MAGIC).put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    file.put(text).put(elements);
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return bytes;
  }

  /** Writes a deflated archive of entries in the map's order. */
  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return Files.write(file, bytes.toByteArray());
  }
}
