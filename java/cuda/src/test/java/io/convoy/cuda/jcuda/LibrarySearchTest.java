// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where libraries are found. */
class LibrarySearchTest {
  @TempDir Path temporary;

  @Test
  void theUsersFoldersComeFirst() throws IOException {
    Path asked = temporary.resolve("asked");
    Path system = temporary.resolve("system");
    Path own = StandIns.library(asked, "libcudnn.so.9");
    StandIns.library(system, "libcudnn.so.9");
    Path driver = StandIns.library(system, "libcuda.so.1");
    LibrarySearch search = StandIns.search(List.of(asked), List.of(system));
    assertEquals(Optional.of(own), search.find(Library.CUDNN));
    assertEquals(Optional.of(driver), search.find(Library.DRIVER));
    assertEquals(Optional.empty(), search.find(Library.CUBLAS));
    assertEquals(asked + ", " + system, search.describe());
  }

  @Test
  void aDriverFor32BitsIsPassedBy() throws IOException {
    Path narrow = temporary.resolve("i386-linux-gnu");
    Path wide = temporary.resolve("x86_64-linux-gnu");
    StandIns.libraryFor32Bits(narrow, "libcuda.so.1");
    Path driver = StandIns.library(wide, "libcuda.so.1");
    LibrarySearch search = StandIns.search(List.of(), List.of(narrow, wide));
    assertEquals(Optional.of(driver), search.find(Library.DRIVER));
  }

  @Test
  void whatIsNoLibraryIsLeftToTheLoader() throws IOException {
    Path empty = Files.createFile(temporary.resolve("libcuda.so.1"));
    assertEquals(Optional.of(empty), StandIns.search(temporary).find(Library.DRIVER));
  }

  @Test
  void cudnnsPartsComeInTheOrderOfTheirLinks() throws IOException {
    Path cudnn = StandIns.library(temporary, "libcudnn.so.9");
    Path cnn = StandIns.library(temporary, "libcudnn_cnn.so.9");
    Path engines = StandIns.library(temporary, "libcudnn_engines_precompiled.so.9");
    Path ops = StandIns.library(temporary, "libcudnn_ops.so.9");
    Path graph = StandIns.library(temporary, "libcudnn_graph.so.9");
    StandIns.library(temporary, "libcudnn_ops.so.8");
    StandIns.library(temporary, "libcudnn_graph.so.9.5.1");
    assertEquals(List.of(graph, ops, cnn, engines), LibrarySearch.parts(Library.CUDNN, cudnn));
  }

  @Test
  void partsLieBesideTheFileThatALinkLeadsTo() throws IOException {
    Path real = temporary.toRealPath().resolve("real");
    Path nvrtc = StandIns.library(real, "libnvrtc.so.12.6.85");
    Path builtins = StandIns.library(real, "libnvrtc-builtins.so.12.6");
    Path link = Files.createSymbolicLink(temporary.resolve("libnvrtc.so.12"), nvrtc);
    assertEquals(Optional.of(link), StandIns.search(temporary).find(Library.NVRTC));
    assertEquals(List.of(builtins), LibrarySearch.parts(Library.NVRTC, link));
  }

  @Test
  void anotherVersionIsTold() throws IOException {
    Path old = StandIns.library(temporary, "libcudnn.so.8");
    LibrarySearch search = StandIns.search(List.of(temporary.resolve("gone")), List.of(temporary));
    assertEquals(Optional.of(old), search.otherVersion(Library.CUDNN));
    assertEquals(Optional.empty(), search.otherVersion(Library.CUBLAS));
  }
}
