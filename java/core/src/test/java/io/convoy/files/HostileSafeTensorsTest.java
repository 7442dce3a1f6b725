// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileSafeTensorsTest {
  private static final String A = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

  @TempDir Path folder;

  @Test
  void readsWhatTheOtherTestsDamage() throws IOException {
    assertEquals(1, SafeTensors.read(file("{" + A + "}", 8)).tensors().size());
    assertEquals(1, SafeTensors.read(file("{" + A + "}  \n", 8)).tensors().size());
  }

  /** Each header stands before 8 bytes of data; ' stands for ". */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ''                            | does not begin with {
          [1]                           | does not begin with {
          `  {}`                        | does not begin with {
          {                             | no valid JSON at '$.'
          {}x                           | no valid JSON at '$'
          {}{}                          | no valid JSON at '$'
          {'a'                          | no valid JSON at '$.a'
          {'a':{'dtype':F32}}           | no valid JSON at '$.a.dtype'
          {'a':{'dtype':'F32',}}        | no valid JSON at '$.a.dtype'
          {/**/}                        | no valid JSON at '$.'
          {'a':7}                       | another kind of value than the format at '$.a'
          {'a':{'dtype':{}}}            | another kind of value than the format at '$.a.dtype'
          {'a':{'shape':2}}             | another kind of value than the format at '$.a.shape'
          {'a':null}                    | another kind of value than the format at '$.a'
          {'__metadata__':[]}           | another kind of value than the format at '$.__metadata__'
          {'__metadata__':{'k':1}}      | metadata 'k' is no text
          {'__metadata__':{'k':null}}   | metadata 'k' is no text
          {'__metadata__':{'k':'','k':''}}           | metadata 'k' is there twice
          {'__metadata__':{},'__metadata__':{}}      | '__metadata__' is there twice
          {'a':{}}                                   | tensor 'a' lacks dtype, shape, or data_offsets
          {'a':{'dtype':'F32','shape':[2]}}          | tensor 'a' lacks dtype, shape, or data_offsets
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[8]}}     | tensor 'a' lacks dtype
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}} | tensor 'a' lacks dtype
          {'a':{'dtype':'F32','dtype':'F32'}}        | tensor 'a' has 'dtype' twice
          {'a':{'dtype':'F32','data':[]}}            | tensor 'a' has an unknown field 'data'
          {'a':{'dtype':'F16'}}                      | tensor 'a' has dtype 'F16'; only F32 and I32
          {'a':{'dtype':'f32'}}                      | tensor 'a' has dtype 'f32'
          {'a':{'shape':['2']}}                      | tensor 'a' has something else where a number
          {'a':{'shape':[[2]]}}                      | tensor 'a' has something else where a number
          {'a':{'shape':[-2]}}                       | has the number '-2', not a whole one
          {'a':{'shape':[2.0]}}                      | has the number '2.0', not a whole one
          {'a':{'shape':[2e0]}}                      | has the number '2e0', not a whole one
          {'a':{'shape':[9223372036854775808]}}      | has the number '9223372036854775808', not
          {'a':{'data_offsets':[-1,8]}}              | has the number '-1', not a whole one
          {'a':{'dtype':'F32','shape':[2147483648],'data_offsets':[0,8]}} | has dimension 2147483648
          {'a':{'dtype':'F32','shape':[2147483647,2147483647,4],'data_offsets':[0,8]}} | 2^63-1 bytes
          {'a':{'dtype':'F32','shape':[2147483647,2147483647],'data_offsets':[0,8]}}   | 2^63-1 bytes
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}  | begins at byte 8 and ends before, at 0
          {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}} | ends at byte 12 of the data, the file has 8
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,9223372036854775807]}} | ends at byte 9223372036854775807
          {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}  | 'a' is FLOAT32 [3] and wants 12 bytes, its data_offsets hold 8
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,8]}}  | 'a' is FLOAT32 [1] and wants 4 bytes
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}  | 'a' begins at byte 4 of the data, but the header ends at 0: a hole
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}  | 'a' ends at byte 4 of the data, the file has 8
          {}                                                      | the header ends at byte 0 of the data, the file has 8
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 'b' begins at byte 4 of the data, but tensor 'a' ends at 8: an overlap
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 'a' is there twice
          """)
  void refusesHeader(String header, String expected) throws IOException {
    refuses(file(header.equals("''") ? "" : header, 8), expected);
  }

  @Test
  void refusesHolesBetweenTensors() throws IOException {
    String b = "'b':{'dtype':'I32','shape':[1],'data_offsets':[12,16]}";
    refuses(file("{" + b + "," + A + "}", 16), "'b' begins at byte 12 of the data, but tensor 'a'");
  }

  @Test
  void refusesTruncatedFilesOfEveryLength() throws IOException {
    Path sound = folder.resolve("sound.safetensors");
    SafeTensors.write(sound, Map.of("a", Tensor.of(new float[3], 3)), Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(sound);
    for (int length = 0; length < bytes.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
      assertThrows(IOException.class, () -> SafeTensors.read(cut), length + " bytes");
    }
    refuses(Files.write(sound, Arrays.copyOf(bytes, 7)), "it has 7 bytes");
    refuses(Files.write(sound, Arrays.copyOf(bytes, 60)), "bytes, there are 52 in all");
    byte[] padded = Arrays.copyOf(bytes, bytes.length + 1);
    refuses(Files.write(sound, padded), "'a' ends at byte 12 of the data, the file has 13");
  }

  @Test
  void refusesHeaderLengthsBeyondReason() throws IOException {
    refuses(
        lengthOnly(100_000_001),
        "claims 100000001 bytes, at most 100000000 are allowed: it is of another kind");
    refuses(lengthOnly(Long.MAX_VALUE), "claims 9223372036854775807 bytes, at most");
    refuses(lengthOnly(-1), "claims 18446744073709551615 bytes, at most");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    refuses(lengthOnly(100_000_000), "claims 100000000 bytes, there are 2 in all");
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1_000_000, allocated + " bytes");
  }

  @Test
  void refusesTooManyDimensions() throws IOException {
    String ones = "1,".repeat(64) + "1";
    refuses(file("{'a':{'shape':[" + ones + "]}}", 8), "'a' has more than 64 dimensions");
  }

  @Test
  void refusesTensorsLongerThanABuffer() {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[536870912],\"data_offsets\":[0,2147483648]}}";
    HeaderReader reader = new HeaderReader(folder.resolve("long"), 1L << 31, name -> true);
    IOException e =
        assertThrows(IOException.class, () -> reader.parse(StandardCharsets.UTF_8.encode(header)));
    assertTrue(e.getMessage().contains("'a' has 2147483648 bytes; at most 2^31-1"), e.getMessage());
  }

  /** Of any type, but inside the data and without overlaps as all others. */
  @Test
  void tensorsThatNobodyWantsArePassedOver() throws IOException {
    String before = "{'n':{'dtype':'I64','shape':[],'data_offsets':[%d,%d]},";
    String wanted = "'a':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}}";
    Path file = file(before.formatted(0, 8) + wanted, 12);
    refuses(file, "'n' has dtype 'I64'");
    assertEquals(Set.of("a"), SafeTensors.read(file, n -> n.equals("a")).tensors().keySet());
    file = file(before.formatted(0, 9) + wanted, 12);
    refuses(file, n -> n.equals("a"), "an overlap");
    file = file(before.formatted(8, 0) + wanted, 12);
    refuses(file, n -> n.equals("a"), "'n' begins at byte 8 and ends before, at 0");
  }

  @Test
  void refusesOtherEncodings() throws IOException {
    byte[] latin = "{\"\u00FC\":1}".getBytes(StandardCharsets.ISO_8859_1);
    refuses(file(latin, 0), "its header is no UTF-8");
  }

  @Test
  void namesFromTheFileDoNotFloodTheScreen() throws IOException {
    Path file = file("{'" + "\\u001b[31m" + "x".repeat(1000) + "':{}}", 0);
    String message = assertThrows(IOException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(message.contains("tensor '?[31mxxx"), message);
    assertTrue(message.length() < 400, message);
  }

  @Test
  void refusesWhatIsNoFile() {
    IOException none =
        assertThrows(IOException.class, () -> SafeTensors.read(folder.resolve("none")));
    assertTrue(none.getMessage().contains("there is no file"), none.getMessage());
    assertThrows(IOException.class, () -> SafeTensors.read(folder));
  }

  private static void refuses(Path file, String expected) {
    refuses(file, name -> true, expected);
  }

  private static void refuses(Path file, Predicate<String> wanted, String expected) {
    IOException e = assertThrows(IOException.class, () -> SafeTensors.read(file, wanted));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private Path lengthOnly(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    return Files.write(folder.resolve("length"), bytes.array());
  }

  private Path file(String header, int dataBytes) throws IOException {
    return file(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8), dataBytes);
  }

  private Path file(byte[] header, int dataBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + dataBytes);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
    return Files.write(folder.resolve("hostile"), bytes.array());
  }
}
