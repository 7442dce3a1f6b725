// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.util.Arrays;
import java.util.Optional;

/**
 * Compiled kernels on disk. Each file begins with the SHA-256 of the rest, as the driver need not
 * survive a damaged one.
 */
final class CubinCache {
  private static final int DIGEST = 32;

  private final CacheFolder folder;

  CubinCache(CacheFolder folder) {
    this.folder = folder;
  }

  /**
   * Finds a compiled kernel.
   *
   * @param key as for {@link #put}
   * @return the machine code, if it is there and whole
   */
  Optional<byte[]> get(String key) {
    return folder.read(file(key)).flatMap(CubinCache::whole);
  }

  private static Optional<byte[]> whole(byte[] stored) {
    if (stored.length <= DIGEST) {
      return Optional.empty();
    }
    byte[] cubin = Arrays.copyOfRange(stored, DIGEST, stored.length);
    byte[] digest = Arrays.copyOf(stored, DIGEST);
    return Arrays.equals(digest, KernelSources.sha256().digest(cubin))
        ? Optional.of(cubin)
        : Optional.empty();
  }

  /**
   * Keeps a compiled kernel.
   *
   * @param key file name and digest of all that it was made of
   * @param cubin the machine code
   */
  void put(String key, byte[] cubin) {
    byte[] stored = Arrays.copyOf(KernelSources.sha256().digest(cubin), DIGEST + cubin.length);
    System.arraycopy(cubin, 0, stored, DIGEST, cubin.length);
    folder.write(file(key), stored);
  }

  private static String file(String key) {
    return "kernels/" + key + ".cubin";
  }
}
