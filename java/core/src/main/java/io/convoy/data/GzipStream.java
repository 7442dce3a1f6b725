// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952) of one member. Unlike {@link java.util.zip.GZIPInputStream} it takes
 * bytes behind the end for the damage that they are.
 */
final class GzipStream extends InflaterInputStream {
  static final byte[] MAGIC = {0x1F, (byte) 0x8B};

  private static final int BUFFER = 1 << 16;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final CRC32 crc = new CRC32();
  private boolean ended;

  GzipStream(InputStream packed) throws IOException {
    super(packed, new Inflater(true), BUFFER);
    header();
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    if (ended) {
      return -1;
    }
    int n = super.read(b, off, len);
    if (n > 0) {
      crc.update(b, off, n);
    } else if (n < 0) {
      ended = true;
      trailer();
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    inf.end();
    super.close();
  }

  private void header() throws IOException {
    if (!Arrays.equals(in.readNBytes(2), MAGIC) || next(in) != DEFLATE) {
      throw new ZipException("no gzip header");
    }
    int flags = next(in);
    skip(6); // time, extra flags, system
    if ((flags & EXTRA) != 0) {
      skip(next(in) | next(in) << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next(in);
    }
  }

  private void skipText() throws IOException {
    while (next(in) != 0) {
      continue;
    }
  }

  private void trailer() throws IOException {
    int unread = inf.getRemaining();
    InputStream rest =
        new SequenceInputStream(new ByteArrayInputStream(buf, this.len - unread, unread), in);
    if (word(rest) != (int) crc.getValue()) {
      throw new ZipException("the checksum (CRC-32) differs");
    }
    if (word(rest) != (int) inf.getBytesWritten()) {
      throw new ZipException("the length at the end differs from what was unpacked");
    }
    if (rest.read() >= 0) {
      throw new ZipException("there are bytes behind its end");
    }
  }

  private static int word(InputStream in) throws IOException {
    return next(in) | next(in) << 8 | next(in) << 16 | next(in) << 24;
  }

  private static int next(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("it ends early");
    }
    return b;
  }
}
