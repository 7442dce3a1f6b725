// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.convoy.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One download over HTTP, which goes on behind the bytes that are there (RFC 9110, 14: range
 * requests). A server that knows no ranges sends all from the beginning.
 *
 * @param part what the bytes are kept in
 * @param instead what helps if it fails
 */
record Transfer(RemoteFile file, Path part, Consumer<String> log, String instead) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CHUNK = 1 << 16;
  private static final int WHOLE = 200;
  private static final int PART = 206;
  private static final int BEYOND = 416;

  /** Leaves the whole file in {@code part}, or throws and leaves what came. */
  void run() throws IOException {
    long there = Files.exists(part) ? Files.size(part) : 0;
    log.accept(
        "downloading "
            + file.uri()
            + " to '"
            + part.resolveSibling(file.name())
            + (there > 0 ? "', from byte " + there + " on" : "'"));
    HttpResponse<InputStream> response = ask(there);
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case WHOLE -> write(body, TRUNCATE_EXISTING);
        case PART -> {
          requireStart(response, there);
          write(body, APPEND);
        }
        case BEYOND -> log.accept("all bytes of it are there"); // whether right, the checksum tells
        default ->
            throw new DataException(
                file.uri() + " answers with HTTP status " + response.statusCode() + ". " + instead);
      }
    }
  }

  private HttpResponse<InputStream> ask(long there) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    HttpRequest.Builder request = HttpRequest.newBuilder(file.uri()).timeout(PATIENCE);
    if (there > 0) {
      request.header("Range", "bytes=" + there + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the download of " + file.uri() + " was interrupted", e);
    } catch (IOException e) {
      String why = e.getMessage() == null ? "there is no connection" : e.getMessage();
      throw new DataException(
          file.uri() + " can't be reached: " + why + ". Is there a network? " + instead, e);
    }
  }

  /** Wants the rest, and no other part. */
  private void requireStart(HttpResponse<?> response, long there) throws DataException {
    String range = response.headers().firstValue("Content-Range").orElse("none");
    if (!range.startsWith("bytes " + there + "-")) {
      throw new DataException(
          String.format(
              "%s was asked for what is behind byte %d and sends the range '%s'. Remove '%s' and"
                  + " try again. %s",
              file.uri(), there, range, part, instead));
    }
  }

  private void write(InputStream body, OpenOption how) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (FileChannel out = FileChannel.open(part, CREATE, WRITE, how)) {
      for (int n = read(body, chunk, out); n >= 0; n = read(body, chunk, out)) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
  }

  private int read(InputStream body, byte[] chunk, FileChannel out) throws IOException {
    try {
      return body.read(chunk);
    } catch (IOException e) {
      throw new DataException(
          String.format(
              "the download of %s broke off; %d bytes are in '%s'. Run this again: it goes on"
                  + " there. %s",
              file.uri(), out.size(), part, instead),
          e);
    }
  }
}
