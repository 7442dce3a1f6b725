// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import io.convoy.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads files out of a tar archive (POSIX.1, ustar) that is packed with gzip. Nothing is written to
 * disk, and files are known by the last part of their names, so that no name can do harm.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM = 8;
  private static final int TYPE_AT = 156;
  private static final int OCTAL = 8;
  private static final int BUFFER = 1 << 16;

  private TarGz() {}

  /** Reads those of the wanted files that are there. */
  static Map<String, byte[]> read(Path archive, Set<String> wanted) throws DataException {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream packed = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        InputStream in = new GZIPInputStream(packed, BUFFER)) {
      for (byte[] header = block(in); header[0] != 0; header = block(in)) {
        long size = size(header);
        String name = name(header);
        if (isFile(header) && wanted.contains(name)) {
          files.put(name, exactly(in, Math.toIntExact(size)));
        } else {
          in.skipNBytes(size);
        }
        in.skipNBytes(Math.floorMod(-size, BLOCK));
      }
      in.transferTo(OutputStream.nullOutputStream()); // up to gzip's own checksum
      return files;
    } catch (EOFException e) {
      throw damaged(archive, "it is cut off", e);
    } catch (ZipException | IllegalArgumentException | ArithmeticException e) {
      throw damaged(archive, e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException("file '" + archive + "' can't be read: " + e.getMessage(), e);
    }
  }

  private static DataException damaged(Path archive, String what, Exception cause) {
    return new DataException(
        "file '" + archive + "' is damaged: " + what + ". Remove it and get it again", cause);
  }

  private static byte[] block(InputStream in) throws IOException {
    byte[] block = exactly(in, BLOCK);
    if (block[0] != 0 && octal(block, CHECKSUM_AT, CHECKSUM) != sum(block)) {
      throw new IllegalArgumentException("the checksum of a tar header differs");
    }
    return block;
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count); // it takes no more memory than there are bytes
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  /** The sum of a header's bytes, with spaces for those of the checksum. */
  private static long sum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM;
      sum += own ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }

  private static long size(byte[] header) {
    return octal(header, SIZE_AT, SIZE);
  }

  /** Tells by '0', or 0 in old archives, that it is neither a folder nor a link. */
  private static boolean isFile(byte[] header) {
    return header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
  }

  private static String name(byte[] header) {
    String path = text(header, 0, NAME);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static long octal(byte[] header, int at, int length) {
    return Long.parseLong(text(header, at, length).strip(), OCTAL);
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }
}
