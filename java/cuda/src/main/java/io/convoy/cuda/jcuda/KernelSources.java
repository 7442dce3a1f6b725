// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sources of our kernels.
 *
 * @param kernels text of what is compiled, by file name
 * @param headers text of what it includes, by file name
 */
record KernelSources(SortedMap<String, String> kernels, SortedMap<String, String> headers) {
  private static final String PLACE = "/io/convoy/cuda/kernels/";

  /** The kernels as nvcc compiled them, if they are packed. */
  static Optional<byte[]> fatbin() {
    return resource("/io/convoy/cuda/kernels.fatbin");
  }

  /** The sources that are packed with this class, as {@code files.txt} lists them. */
  static KernelSources packed() {
    SortedMap<String, String> kernels = new TreeMap<>();
    SortedMap<String, String> headers = new TreeMap<>();
    for (String path : text("files.txt").lines().toList()) {
      SortedMap<String, String> kind = path.startsWith("src/") ? kernels : headers;
      kind.put(path.substring(path.indexOf('/') + 1), text(path));
    }
    return new KernelSources(kernels, headers);
  }

  private static String text(String path) {
    byte[] bytes =
        resource(PLACE + path)
            .orElseThrow(
                () -> new BackendException("the class path has no " + PLACE + path + ", a source"));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<byte[]> resource(String name) {
    try (InputStream in = KernelSources.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /**
   * Tells compilations apart.
   *
   * @param kernel a file name
   * @param compiler everything else that the result depends on
   * @return 64 hexadecimal digits, which differ if the text, a header or the compiler differs
   */
  String digest(String kernel, String compiler) {
    MessageDigest digest = sha256();
    add(digest, compiler);
    add(digest, kernels.get(kernel));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      add(digest, header.getKey());
      add(digest, header.getValue());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
