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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One download over HTTP, which goes on behind the bytes that are there (RFC 9110, 14: range
 * requests). A server that knows no ranges sends all from the beginning; one that goes silent in
 * the middle ends it.
 *
 * @param part what the bytes are kept in
 * @param patience how long may pass without a byte
 * @param instead what helps if it fails
 */
record Transfer(
    RemoteFile file, Path part, Duration patience, Consumer<String> log, String instead) {
  /** For an answer to begin. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

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
            .connectTimeout(ANSWER)
            .build();
    HttpRequest.Builder request = HttpRequest.newBuilder(file.uri()).timeout(ANSWER);
    if (there > 0) {
      request.header("Range", "bytes=" + there + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw interrupted(e);
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
    ExecutorService reader = Executors.newSingleThreadExecutor(Transfer::daemon);
    try (FileChannel out = FileChannel.open(part, CREATE, WRITE, how)) {
      for (int n = read(body, chunk, reader, out); n >= 0; n = read(body, chunk, reader, out)) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    } finally {
      reader.shutdownNow();
    }
  }

  /** A read that hangs must not keep the process alive. */
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "convoy-download");
    thread.setDaemon(true);
    return thread;
  }

  /** Reads in another thread, since the client has no time limit for a body's bytes. */
  private int read(InputStream body, byte[] chunk, ExecutorService reader, FileChannel out)
      throws IOException {
    Future<Integer> read = reader.submit(() -> body.read(chunk));
    try {
      return read.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw ended("broke off", out, e.getCause());
    } catch (TimeoutException e) {
      throw ended("stalled: nothing came for " + patience.toSeconds() + " s", out, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private DataException ended(String how, FileChannel out, Throwable cause) throws IOException {
    return new DataException(
        String.format(
            "the download of %s %s; %d bytes are in '%s'. Run this again: it goes on there. %s",
            file.uri(), how, out.size(), part, instead),
        cause);
  }

  private IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("the download of " + file.uri() + " was interrupted", e);
  }
}
