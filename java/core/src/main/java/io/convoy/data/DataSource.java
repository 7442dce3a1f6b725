// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A place with named files. */
public interface DataSource {
  /**
   * Returns what messages call the place, or a file in it.
   *
   * @param file a file's name, or empty for the place itself
   * @return the words
   */
  String describe(String file);

  /**
   * Tells whether there is a file.
   *
   * @param file its name
   * @return true if it can be opened
   */
  boolean has(String file);

  /**
   * Opens a file.
   *
   * @param file its name
   * @return its bytes, to be closed by the caller; {@code available()} tells how many are there
   * @throws IOException if there is none or it can't be opened
   */
  InputStream open(String file) throws IOException;

  /**
   * A folder on disk.
   *
   * @param folder the folder
   * @return the source
   * @throws DataException if there is no such folder, or it is a file
   */
  static DataSource folder(Path folder) throws DataException {
    return new FolderSource(folder);
  }

  /**
   * A folder on the class path.
   *
   * @param loader where to look
   * @param folder its name, such as {@code io/convoy/mnist}
   * @return the source
   */
  static DataSource classPath(ClassLoader loader, String folder) {
    return new ClassPathSource(loader, folder);
  }
}
