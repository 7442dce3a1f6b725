// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on this machine: broken off, damaged, refused, and several at once. */
@Timeout(60)
class DownloadsTest {
  private static final int SIZE = 300_000;
  private static final int HALF = SIZE / 2;

  @TempDir Path temp;
  private final byte[] content = new byte[SIZE];
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private LocalServer server;
  private Path folder;
  private RemoteFile file;
  private Duration patience = Duration.ofMinutes(1);

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(content);
    server = new LocalServer(content);
    folder = temp.resolve("cache/set");
    file = new RemoteFile(server.address() + "data/file.gz", md5(content));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String md5(byte[] bytes) throws IOException {
    return RemoteFile.md5(Files.write(temp.resolve("copy"), bytes));
  }

  private Path target() {
    return folder.resolve("file.gz");
  }

  private Path part() {
    return folder.resolve("file.gz.part");
  }

  private void writePart(byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Files.write(part(), bytes);
  }

  private void fetch() throws IOException {
    new Downloads(folder, List.of(file), patience, log::add).fetch();
  }

  private void assertWhole() throws IOException {
    assertArrayEquals(content, Files.readAllBytes(target()));
    assertFalse(Files.exists(part()));
  }

  private void refuses(String... texts) {
    DataException e = assertThrows(DataException.class, this::fetch);
    for (String text : texts) {
      assertTrue(e.getMessage().contains(text), () -> "no '" + text + "' in: " + e.getMessage());
    }
    assertFalse(Files.exists(target()));
  }

  @Test
  void md5IsWhatTheStandardSays() throws IOException { // RFC 1321, appendix A.5
    assertEquals(
        "900150983cd24fb0d6963f7d28e17f72", md5("abc".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void aFileIsFetchedOnce() throws IOException {
    fetch();
    assertWhole();
    fetch();
    assertEquals(List.of("all"), server.requests());
    assertEquals(List.of("downloading " + file.uri() + " to '" + target() + "'"), log);
  }

  @Test
  void aRedirectionIsFollowed() throws IOException {
    file = new RemoteFile(server.address() + "moved/file.gz", file.md5());
    fetch();
    assertWhole();
  }

  @Test
  void aBrokenDownloadGoesOn() throws IOException {
    breakOff();
    refuses(file.uri() + " broke off; ", " bytes are in '" + part() + "'. Run this again");
    long there = Files.size(part());
    assertTrue(there >= HALF - 1 && there <= HALF, "there are " + there);
    server.breakAfter = Integer.MAX_VALUE;
    fetch();
    assertWhole();
    assertEquals(List.of("all", "bytes=" + there + "-"), server.requests());
    assertTrue(log.get(1).endsWith("', from byte " + there + " on"), log.get(1));
  }

  /** Breaks the connection when all but one byte of the first half are on disk. */
  private void breakOff() {
    server.breakAfter = HALF;
    server.pause =
        () -> {
          while (!Files.exists(part()) || Files.size(part()) < HALF - 1) {
            Thread.sleep(5);
          }
        };
  }

  @Test
  void aStalledDownloadEndsAndGoesOn() throws IOException {
    patience = Duration.ofSeconds(1);
    server.pause = () -> Thread.sleep(Long.MAX_VALUE); // until the server is closed
    refuses(file.uri() + " stalled: nothing came for 1 s; ", "'" + part() + "'. Run this again");
    long there = Files.size(part());
    assertTrue(there > 0, "nothing is there");
    server.pause = () -> {};
    patience = Duration.ofMinutes(1);
    fetch();
    assertWhole();
    assertEquals(List.of("all", "bytes=" + there + "-"), server.requests());
  }

  @Test
  void aServerWithoutRangesSendsAllAnew() throws IOException {
    writePart(new byte[HALF]);
    server.knowsRanges = false;
    fetch();
    assertWhole();
    assertEquals(List.of("bytes=" + HALF + "-"), server.requests());
  }

  @Test
  void aPartThatIsWholeIsTaken() throws IOException {
    writePart(content);
    fetch();
    assertWhole();
  }

  @Test
  void aPartThatIsTooLongIsRemoved() throws IOException {
    writePart(new byte[SIZE + 1]);
    refuses("has the MD5 checksum", "was removed");
    fetch();
    assertWhole();
  }

  @Test
  void aWrongChecksumRemovesTheFile() throws IOException {
    file = new RemoteFile(file.uri().toString(), "0".repeat(32));
    refuses(
        "what came from " + file.uri(),
        "(" + SIZE + " bytes) has the MD5 checksum " + md5(content),
        ", not " + "0".repeat(32) + ", and was removed. Try again");
    assertFalse(Files.exists(part()));
  }

  @Test
  void aRottenPartIsFoundByTheChecksum() throws IOException {
    byte[] rotten = Arrays.copyOf(content, HALF);
    rotten[7] ^= 1;
    writePart(rotten);
    refuses("was removed. Try again");
    fetch();
    assertWhole();
  }

  @Test
  void anotherRangeThanAskedForIsRefused() throws IOException {
    writePart(Arrays.copyOf(content, HALF));
    server.contentRange = "bytes 0-9/10";
    refuses("asked for what is behind byte " + HALF, "sends the range 'bytes 0-9/10'");
    assertEquals(HALF, Files.size(part()));
  }

  @Test
  void aRefusalNamesTheStatus() {
    server.status = 404;
    refuses(file.uri() + " answers with HTTP status 404", "--data DIR");
  }

  @Test
  void offlineTheMessageSaysWhatHelps() {
    server.close();
    refuses(
        file.uri() + " can't be reached: ",
        "Is there a network?",
        "put file.gz into the cache folder '" + folder + "'",
        "with --data DIR");
  }

  @Test
  void anOwnCopyInTheCacheIsTaken() throws IOException {
    Files.createDirectories(folder);
    Files.write(target(), content);
    server.close();
    fetch();
    assertWhole();
  }

  @Test
  void ofTwoThreadsOneDownloads() throws Exception {
    server.pause = () -> Thread.sleep(200);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Object>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(
          threads.submit(
              () -> {
                fetch();
                return null;
              }));
    }
    for (Future<Object> each : both) {
      each.get();
    }
    threads.shutdown();
    assertWhole();
    assertEquals(List.of("all"), server.requests());
  }

  @Test
  void ofTwoProcessesOneDownloads() throws Exception {
    Process other = child();
    server.pause =
        () -> {
          assertEquals('a', other.getInputStream().read()); // it is about to ask, too
          Thread.sleep(500);
        };
    Process one = child();
    assertEquals(0, one.waitFor());
    assertEquals(0, other.waitFor());
    assertWhole();
    assertEquals(List.of("all"), server.requests());
  }

  private Process child() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DownloadsTest.class.getName(),
            folder.toString(),
            file.uri().toString(),
            file.md5())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Fetches in a process of its own. */
  public static void main(String[] args) throws IOException {
    System.out.print("a");
    System.out.flush();
    RemoteFile file = new RemoteFile(args[1], args[2]);
    new Downloads(Path.of(args[0]), List.of(file), Duration.ofMinutes(1), line -> {}).fetch();
  }
}
