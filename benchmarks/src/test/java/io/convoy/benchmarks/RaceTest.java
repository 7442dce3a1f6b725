// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What both sides of the race are told. */
class RaceTest {
  @Test
  void dataSetsAreWholeBatchesAndNetsExistOnBothSides() throws IOException {
    String nets = Files.readString(Path.of("peers", "pytorch", "nets.py"));
    for (Race race : Race.ALL) {
      assertEquals(0, race.images() % race.batch(), race.id());
      assertTrue(Zoo.names().contains(race.net()), race.id());
      assertTrue(nets.contains("def " + race.net() + "(channels, side):"), race.id());
    }
  }

  @Test
  void unknownRacesAreNamedBesideThoseThatThereAre() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Race.byId("lenet5")).getMessage();
    assertTrue(message.contains("'lenet5'") && message.contains("lenet5-28-fp32"), message);
  }

  @Test
  void thePeerReadsEveryOption() throws IOException {
    String race = Files.readString(Path.of("peers", "pytorch", "race.py"));
    for (String option : Race.ALL.get(0).args("cuda:0", 4)) {
      String name = option.substring(0, option.indexOf('='));
      assertTrue(race.contains("options[\"" + name + "\"]"), name);
    }
  }

  @Test
  void bothSidesRunTo99PercentByOneRecipe() throws IOException {
    String peer = Files.readString(Path.of("peers", "pytorch", "mnist99.py"));
    for (String name : Mnist99Cases.RECIPE.keySet()) {
      assertTrue(peer.contains("options[\"" + name + "\"]"), name);
    }
    String nets = Files.readString(Path.of("peers", "pytorch", "nets.py"));
    String net = Mnist99Cases.RECIPE.get("net");
    assertTrue(nets.contains("def " + net + "(channels, side):"), net);
    String summary = Zoo.byName(net, Shape.of(28, 28, 1), 10).summary();
    long parameters = Long.parseLong(Mnist99Cases.RECIPE.get("parameters"));
    assertTrue(summary.contains(String.format("(%,d trainable)", parameters)), summary);
  }
}
