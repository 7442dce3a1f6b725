// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads one array.
 *
 * @param place the file, for messages
 * @param in from its first byte
 * @param present how many bytes there are: what a header claims is not believed
 */
record NpyReader(String place, InputStream in, long present) {
  private static final int CHUNK = 1 << 16;

  Tensor read() throws IOException {
    NpyHeader header = NpyHeader.read(in, place);
    requireAll(header, present - header.bytes());
    Tensor tensor = Tensor.zeros(new TensorSpec(header.type().becomes(), header.shape()));
    ByteBuffer to = tensor.bytes();
    byte[] chunk = new byte[Math.min(CHUNK, header.dataBytes())];
    for (int left = header.dataBytes(); left > 0; left -= chunk.length) {
      int count = in.readNBytes(chunk, 0, Math.min(left, chunk.length));
      if (count < Math.min(left, chunk.length)) {
        requireAll(header, header.dataBytes() - left + count);
      }
      header.type().convert(ByteBuffer.wrap(chunk, 0, count).order(header.order()), to, place);
    }
    return tensor;
  }

  private void requireAll(NpyHeader header, long bytes) throws DataException {
    if (bytes != header.dataBytes()) {
      throw NpyHeader.damaged(
          place,
          String.format(
              "its header says %s of %s, which take %d bytes, there are %d",
              header.shape(), header.type(), header.dataBytes(), bytes));
    }
  }
}
