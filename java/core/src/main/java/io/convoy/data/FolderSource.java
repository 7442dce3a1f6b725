// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder on disk. */
final class FolderSource implements DataSource {
  private final Path folder;

  FolderSource(Path folder) throws DataException {
    if (!Files.exists(folder)) {
      throw new DataException("there is no folder '" + folder + "'. Check the path");
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException("'" + folder + "' is a file. Name the folder that holds the data");
    }
    this.folder = folder;
  }

  @Override
  public String describe(String file) {
    return file.isEmpty() ? "folder '" + folder + "'" : "file '" + folder.resolve(file) + "'";
  }

  @Override
  public boolean has(String file) {
    return Files.isRegularFile(folder.resolve(file));
  }

  @Override
  public InputStream open(String file) throws IOException {
    return new FileInputStream(folder.resolve(file).toFile());
  }
}
