// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes small files of CIFAR's forms. */
final class CifarBytes {
  private CifarBytes() {}

  /** A record whose plane c has the bytes c * 80 + seed + place mod 64. */
  static byte[] record(int seed, int... labels) {
    byte[] bytes = new byte[labels.length + 3072];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    for (int i = 0; i < 3072; i++) {
      bytes[labels.length + i] = (byte) (i / 1024 * 80 + seed + i % 64);
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Five batches of one record, labels 0, 1, 2, 0, 1, and two for the test. */
  static Map<String, byte[]> cifar10() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("readme.html", new byte[700]);
    files.put("test_batch.bin", join(record(50, 2), record(60, 1)));
    for (int i = 4; i >= 0; i--) {
      files.put("data_batch_" + (i + 1) + ".bin", record(i, i % 3));
    }
    files.put("batches.meta.txt", "cat\ndog\nbig bird\n\n".getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** Writes files, in a folder, as .tar.gz. */
  static Path pack(Path archive, String folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(archive.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      out.write(header(folder + "/", 0, '5'));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        byte[] bytes = file.getValue();
        out.write(header(folder + "/" + file.getKey(), bytes.length, '0'));
        out.write(bytes);
        out.write(new byte[Math.floorMod(-bytes.length, 512)]);
      }
      out.write(new byte[1024]);
    }
    return archive;
  }

  static byte[] header(String name, int size, char type) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, String.format("%011o", size));
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, String.format("%06o", sum));
    header[154] = 0;
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
