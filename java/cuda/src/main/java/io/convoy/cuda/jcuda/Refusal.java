// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Availability.Unavailable;
import io.convoy.backend.BackendException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Why no GPU can be used, and the one thing to do. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String cure;

  private Refusal(String reason, String cure) {
    super(reason);
    this.cure = cure;
  }

  Unavailable answer() {
    return new Unavailable(getMessage(), cure);
  }

  static Refusal platform(String platform) {
    return new Refusal(
        "it runs on Linux x86_64, and this is " + platform, "Use another device, such as cpu");
  }

  static Refusal noDriver(LibrarySearch search) {
    return new Refusal(
        "there is no NVIDIA driver: " + missing(Library.DRIVER, search),
        "Install NVIDIA's driver, or start the container with the GPUs (--gpus all)");
  }

  static Refusal oldDriver(int version, int oldest) {
    return new Refusal(
        "the NVIDIA driver is too old: it knows CUDA "
            + Probe.dotted(version)
            + ", not "
            + Probe.dotted(oldest),
        "Install a driver R525 or newer");
  }

  static Refusal noDevice(Path driver) {
    return new Refusal(
        "there is an NVIDIA driver (" + driver + ") and no GPU that it shows",
        "See that nvidia-smi lists a GPU and that CUDA_VISIBLE_DEVICES does not hide it");
  }

  static Refusal failedDriver(String status) {
    return new Refusal(
        "the NVIDIA driver does not start: cuInit failed: " + status,
        "See what nvidia-smi says; after an update of the driver restart the machine");
  }

  static Refusal missing(Library library, LibrarySearch search, Optional<Path> other) {
    return new Refusal(
        missing(library, search) + other.map(file -> "; there is only " + file).orElse(""),
        "Install "
            + library.title()
            + " for CUDA 12, or put org.bytedeco:cuda:12.6-9.5-1.5.11:linux-x86_64-redist on the"
            + " class path; if it lies elsewhere, name its folder by -D"
            + Settings.PATH);
  }

  private static String missing(Library library, LibrarySearch search) {
    return library.soname()
        + " ("
        + library.title()
        + ") is in none of the folders searched: "
        + search.describe();
  }

  static Refusal broken(Library library, LinkageError error) {
    return new Refusal(
        library.title() + " is there but can't be loaded: " + error.getMessage(),
        "Install it completely, or name the folder of another one by -D" + Settings.PATH);
  }

  static Refusal binding(LinkageError error) {
    return new Refusal(
        "JCuda's natives can't be loaded: " + lastException(error),
        "Put org.jcuda's jcuda-natives, jcublas-natives and jcudnn-natives for linux-x86_64 on the"
            + " class path; they need a writable java.io.tmpdir");
  }

  static Refusal unpacking(UncheckedIOException failure) {
    return new Refusal(
        failure.getMessage(),
        "Make room in the user's cache folder, which XDG_CACHE_HOME can move");
  }

  static Refusal failure(BackendException failure) {
    return new Refusal(failure.getMessage(), "See what nvidia-smi and the system's log say");
  }

  /**
   * The line that matters of JCuda's page. It tries the library path first and the class path last,
   * and writes the stack trace of each.
   */
  private static String lastException(LinkageError error) {
    String message = String.valueOf(error.getMessage());
    String best = message.lines().findFirst().orElse("");
    for (String line : message.lines().toList()) {
      if (line.matches("(Caused by: )?[\\w.]+(Error|Exception): .*")) {
        best = line;
      }
    }
    return best;
  }
}
