// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The scenes of single ops. */
class OpScenesTest {
  @Test
  void everySceneHasItsOwnName() {
    List<String> names = OpScenes.all().stream().map(OpScene::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
  }
}
