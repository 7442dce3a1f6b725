// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file at its public home.
 *
 * @param uri where it is
 * @param md5 of its bytes, in lower-case hex digits: what publishers of data tell. It finds damage,
 *     but no malice
 */
record RemoteFile(URI uri, String md5) {
  RemoteFile(String uri, String md5) {
    this(URI.create(uri), md5);
  }

  /** The last part of its address. */
  String name() {
    String path = uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Computes a file's MD5. */
  static String md5(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
