// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static io.convoy.data.IdxBytes.bytes;
import static io.convoy.data.IdxBytes.counting;
import static io.convoy.data.IdxBytes.gzip;
import static io.convoy.data.IdxBytes.header;
import static io.convoy.data.IdxBytes.idx;
import static io.convoy.data.IdxBytes.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdxReaderTest {
  private static final byte[] SOUND = idx(new int[] {3, 2, 2}, counting(12));

  private int opened;
  private int closed;

  @AfterEach
  void everyStreamWasClosed() {
    assertEquals(opened, closed);
  }

  @Test
  void readsRawFiles() throws IOException {
    assertEquals(Shape.of(3, 2, 2), reader(SOUND, 3).shape());
    assertArrayEquals(counting(12), reader(SOUND, 3).read());
  }

  @Test
  void readsPackedFilesByTheirContent() throws IOException {
    assertEquals(Shape.of(3, 2, 2), reader(gzip(SOUND), 3).shape());
    assertArrayEquals(counting(12), reader(gzip(SOUND), 3).read());
  }

  @Test
  void readsGzipHeadersWithEverythingIn() throws IOException {
    byte[] plain = gzip(SOUND);
    byte[] start = Arrays.copyOf(plain, 10);
    start[3] = 2 | 4 | 8 | 16;
    byte[] options =
        bytes(3, 0, 'e', 'x', 't', 'n', 'a', 'm', 'e', 0, 'c', 'o', 'm', 0, 0x12, 0x34);
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
    assertArrayEquals(counting(12), reader(join(join(start, options), rest), 3).read());
  }

  @Test
  void readsDataThatArePackedCloserThanExpected() throws IOException {
    byte[] elements = new byte[5_000_000];
    elements[0] = 5;
    elements[4_999_999] = 7;
    assertArrayEquals(elements, reader(gzip(idx(new int[] {5_000_000}, elements)), 1).read());
  }

  @Test
  void readsDataThatCanNotBePacked() throws IOException {
    byte[] elements = new byte[300_000];
    new Random(1).nextBytes(elements);
    assertArrayEquals(elements, reader(gzip(idx(new int[] {300_000}, elements)), 1).read());
  }

  @Test
  void refusesTruncatedFiles() {
    byte[] file = Arrays.copyOf(SOUND, SOUND.length - 5);
    refuses(file, "its header says 12 elements, there are 7. Get the file again");
  }

  @Test
  void refusesPaddedFiles() {
    refuses(join(SOUND, bytes(1, 2)), "its header says 12 elements, there are 14");
  }

  @Test
  void refusesPackedFilesWithTooFewOrManyElements() throws IOException {
    refuses(gzip(Arrays.copyOf(SOUND, SOUND.length - 1)), "says 12 elements, there are 11");
    refuses(gzip(join(SOUND, bytes(1))), "says 12 elements, there are 13");
  }

  @Test
  void refusesTruncatedGzip() throws IOException {
    byte[] packed = gzip(SOUND);
    for (int length = 2; length < packed.length; length++) {
      refuses(Arrays.copyOf(packed, length), "the gzip data are cut off");
    }
  }

  @Test
  void refusesBytesBehindGzip() throws IOException {
    refuses(join(gzip(SOUND), bytes(0)), "there are bytes behind its end");
    refuses(join(gzip(SOUND), gzip(SOUND)), "there are bytes behind its end");
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    byte[] packed = gzip(SOUND);
    byte[] method = packed.clone();
    method[2] = 9;
    refuses(method, "the gzip data are damaged: no gzip header");
    byte[] data = packed.clone();
    data[10] = 7;
    refuses(data, "the gzip data are damaged: invalid block type");
    byte[] checksum = packed.clone();
    checksum[packed.length - 8]++;
    refuses(checksum, "the gzip data are damaged: the checksum (CRC-32) differs");
    byte[] length = packed.clone();
    length[packed.length - 4]++;
    refuses(length, "the gzip data are damaged: the length at the end differs");
  }

  @Test
  void readsNothingElseWhateverBitFlips() throws IOException {
    byte[] packed = gzip(SOUND);
    int refused = 0;
    for (int bit = 80; bit < 8 * packed.length; bit++) {
      byte[] damaged = packed.clone();
      damaged[bit / 8] ^= 1 << bit % 8;
      try {
        assertArrayEquals(counting(12), reader(damaged, 3).read(), "bit " + bit);
      } catch (DataException e) {
        refused++;
      }
    }
    int unused = 7; // bits that fill up the last byte of the packed data
    assertTrue(refused >= 8 * packed.length - 80 - unused, refused + " refused");
  }

  @Test
  void refusesShortHeaders() {
    for (int length = 0; length < 16; length++) {
      refuses(Arrays.copyOf(SOUND, length), "its header has 16 bytes and ends early");
    }
  }

  @Test
  void refusesOtherFiles() {
    refuses(
        bytes(0x89, 'P', 'N', 'G', 0, 0, 0, 0),
        "begins with 89 50 4e 47, an IDX file with 00 00 08 03");
  }

  @Test
  void refusesOtherElementTypes() {
    refuses(join(header(0x0D, 3, 1, 1), new byte[12]), "has elements of IDX type 0d");
  }

  @Test
  void refusesOtherRanks() {
    refuses(idx(new int[] {12}, counting(12)), "has 1 dimensions, not 3");
  }

  @Test
  void refusesDimensionsOfZero() {
    refuses(idx(new int[] {3, 0, 2}, new byte[0]), "dimension 1 is 0");
  }

  @Test
  void refusesHugeDimensions() {
    refuses(header(0x08, -1, -1, -1), "dimension 0 is 4294967295");
    refuses(header(0x08, 65536, 65536, 1), "dimension 1 is 65536, and so 4294967296 elements");
    refuses(header(0x08, 0x7FFFFFF7, -1, 1), "dimension 1 is 4294967295");
    refuses(header(0x08, 0x7FFFFFF8, 1, 1), "dimension 0 is 2147483640");
  }

  @Test
  void believesNoHeaderBeyondTheData() throws IOException {
    byte[] raw = join(header(0x08, 0x7FFFFFF7, 1, 1), new byte[100]);
    byte[] packed = gzip(raw);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    refuses(raw, "says 2147483639 elements, there are 100");
    refuses(packed, "says 2147483639 elements, there are 100");
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1_000_000, allocated + " bytes");
  }

  @Test
  void namesTheFileThatCanNotBeOpened() {
    DataSource empty = DataSource.classPath(getClass().getClassLoader(), "nowhere");
    DataException e =
        assertThrows(DataException.class, () -> new IdxReader(empty, "some-file", 3).read());
    assertTrue(e.getMessage().contains("nowhere/some-file"), e.getMessage());
    assertTrue(e.getMessage().contains("can't be read: no such resource"), e.getMessage());
  }

  private void refuses(byte[] file, String expected) {
    DataException e = assertThrows(DataException.class, () -> reader(file, 3).read());
    assertTrue(e.getMessage().contains("the-file"), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private IdxReader reader(byte[] file, int rank) {
    DataSource source =
        new DataSource() {
          @Override
          public String describe(String name) {
            return name;
          }

          @Override
          public boolean has(String name) {
            return true;
          }

          @Override
          public InputStream open(String name) {
            opened++;
            return new ByteArrayInputStream(file) {
              private boolean open = true;

              @Override
              public void close() {
                closed += open ? 1 : 0;
                open = false;
              }
            };
          }
        };
    return new IdxReader(source, "the-file", rank);
  }
}
