// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on this machine with one file, which can be made to misbehave. */
final class LocalServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] content;
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  volatile boolean knowsRanges = true;
  volatile String contentRange;
  volatile int status;
  volatile int breakAfter = Integer.MAX_VALUE;
  volatile Pause pause = () -> {};

  /** Comes before the last byte that is sent. */
  interface Pause {
    void await() throws Exception;
  }

  LocalServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** The range that each request asked for, "all" for none. */
  List<String> requests() {
    return ranges;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(range == null ? "all" : range);
      if (exchange.getRequestURI().getPath().startsWith("/moved/")) {
        exchange.getResponseHeaders().set("Location", "/file.gz");
        exchange.sendResponseHeaders(302, -1);
      } else if (status != 0) {
        exchange.sendResponseHeaders(status, -1);
      } else {
        send(exchange, knowsRanges ? range : null);
      }
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private void send(HttpExchange exchange, String range) throws Exception {
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (range != null) {
      String whole = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
      String told = contentRange == null ? whole : contentRange;
      exchange.getResponseHeaders().set("Content-Range", told);
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
    byte[] bytes = Arrays.copyOfRange(content, from, Math.min(content.length, breakAfter));
    OutputStream out = exchange.getResponseBody();
    out.write(bytes, 0, bytes.length - 1);
    out.flush();
    pause.await();
    out.write(bytes, bytes.length - 1, 1);
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
