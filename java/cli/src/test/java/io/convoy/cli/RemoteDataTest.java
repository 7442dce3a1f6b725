// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that are else downloaded, from one's own copy. */
class RemoteDataTest {
  @TempDir Path temp;

  @Test
  void fashionIsTrainedMeasuredAndPredictedByName() throws IOException {
    Path data = Files.createDirectories(temp.resolve("fashion"));
    for (String set : List.of("train", "t10k")) {
      IdxFiles.writeStripes(
          data.resolve(set + "-images-idx3-ubyte"),
          data.resolve(set + "-labels-idx1-ubyte"),
          set.equals("train") ? 200 : 50,
          28,
          28,
          10);
    }
    List<String> lines = train("fashion-mnist", data);
    assertTrue(lines.get(2).startsWith("data        fashion-mnist, 180 images"), lines.get(2));
    assertTrue(lines.get(3).startsWith("classes     T-shirt/top: 18, Trouser: 18, "), lines.get(3));
    Path model = temp.resolve("run/last.safetensors");
    String test = Cli.run("evaluate", model, "fashion-mnist", "--data", data).mustSucceed().out();
    assertTrue(test.contains("\nAnkle boot "), test);
  }

  @Test
  void cifarIsReadUnpacked() throws IOException {
    Path data = Files.createDirectories(temp.resolve("cifar"));
    Files.writeString(data.resolve("fine_label_names.txt"), "apple\nbear\n");
    writeRecords(data.resolve("train.bin"), 40);
    writeRecords(data.resolve("test.bin"), 10);
    List<String> lines = train("cifar100", data);
    assertEquals("classes     apple: 18, bear: 18", lines.get(3));
    String last = lines.get(lines.size() - 2);
    assertTrue(last.contains("accuracy 1.0000, 10 images"), last);
  }

  private List<String> train(String name, Path data) {
    return Cli.run(
            "train",
            name,
            "--data",
            data,
            "--model",
            "mlp",
            "--epochs",
            12,
            "--batch-size",
            8,
            "--out",
            temp.resolve("run"))
        .mustSucceed()
        .out()
        .lines()
        .toList();
  }

  /** Class 0 is dark, class 1 bright. */
  private static void writeRecords(Path file, int count) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < count; i++) {
        byte[] record = new byte[2 + 3072];
        Arrays.fill(record, (byte) (i % 2 * 150 + i));
        record[1] = (byte) (i % 2);
        out.write(record);
      }
    }
  }

  @Test
  void aFolderWithoutTheFilesIsRefused() throws IOException {
    Cli.run("train", "cifar10", "--data", temp)
        .mustFail(1, "lacks data_batch_1.bin", "cifar-10-binary.tar.gz");
    Cli.run("train", "fashion-mnist", "--data", temp)
        .mustFail(1, "lacks train-images-idx3-ubyte", "four files");
    Cli.run("train", "cifar10", "--data", temp.resolve("no")).mustFail(1, "there is no folder");
  }

  /** What lies in the cache is taken: no server is asked. */
  @Test
  void theCacheCanBeChosen() throws IOException {
    Path cache = temp.resolve("cache");
    Path archive = cache.resolve("cifar10/cifar-10-binary.tar.gz");
    Files.createDirectories(archive.getParent());
    Files.writeString(archive, "no archive");
    String before = System.setProperty("convoy.cache", cache.toString());
    try {
      Cli.run("train", "cifar10").mustFail(1, "file '" + archive + "' is damaged", "get it again");
    } finally {
      if (before == null) {
        System.clearProperty("convoy.cache");
      } else {
        System.setProperty("convoy.cache", before);
      }
    }
  }
}
