// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Keras 3's {@code .keras} files: zip archives of three entries. Nothing is ever unpacked. */
final class KerasArchive {
  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** Keras stores what it packs; an entry that grows more than this is meant to fill memory. */
  private static final int MAX_EXPANSION = 100;

  /** Up to here it may, so that an architecture of many equal layers does no harm. */
  private static final int SMALL = 1 << 24;

  private KerasArchive() {}

  static KerasFile read(Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      String config = new String(entry(path, zip, CONFIG), StandardCharsets.UTF_8);
      H5Group weights = H5Group.root(path, ByteBuffer.wrap(entry(path, zip, WEIGHTS)));
      return new KerasFile(path, Optional.of(KerasFile.json(path, config)), Optional.of(weights));
    } catch (ZipException e) {
      throw new IOException(
          path + " is a damaged archive: " + e.getMessage() + ". Save the model anew", e);
    }
  }

  private static byte[] entry(Path path, ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(
          path + " is no .keras file: it lacks '" + name + "', and has " + names(zip));
    }
    if (entry.getSize() > SMALL
        && entry.getSize() > MAX_EXPANSION * Math.max(1, entry.getCompressedSize())) {
      throw new IOException(
          String.format(
              "%s: '%s' would grow from %d to %d bytes, which Keras doesn't write",
              path, name, entry.getCompressedSize(), entry.getSize()));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, entry.getSize()));
    }
  }

  private static String names(ZipFile zip) {
    return zip.stream().limit(10).map(ZipEntry::getName).toList().toString();
  }

  /**
   * Writes an archive.
   *
   * @param out where to; stays open
   * @param config JSON of the model
   * @param weights an HDF5 file
   */
  static void write(OutputStream out, String config, Path weights) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    String version = KerasVersion.NUMBER;
    text(zip, METADATA, "{\"keras_version\": \"" + version + "\"}");
    text(zip, CONFIG, config);
    ZipEntry entry = dated(WEIGHTS); // stored, so that Keras can read it without unpacking
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(Files.size(weights));
    entry.setCrc(checksum(weights));
    zip.putNextEntry(entry);
    Files.copy(weights, zip);
    zip.closeEntry();
    zip.finish();
  }

  private static void text(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(dated(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /** The same model makes the same bytes whenever it is written. */
  private static ZipEntry dated(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  private static long checksum(Path file) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.getChecksum().getValue();
    }
  }
}
