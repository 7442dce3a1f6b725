// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** A folder on the class path. */
record ClassPathSource(ClassLoader loader, String folder) implements DataSource {
  @Override
  public String describe(String file) {
    return "class-path resource '" + resource(file) + "'";
  }

  @Override
  public boolean has(String file) {
    return loader.getResource(resource(file)) != null;
  }

  @Override
  public InputStream open(String file) throws IOException {
    InputStream in = loader.getResourceAsStream(resource(file));
    if (in == null) {
      throw new FileNotFoundException("no such resource");
    }
    return in;
  }

  private String resource(String file) {
    return folder + "/" + file;
  }
}
