// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which algorithm is taken. */
class CandidateTest {
  private static final Candidate SLOW = Candidate.of(0, 0, 3, 0, 1);
  private static final Candidate FAST = Candidate.of(1, 0, 1, 2000, 0);
  private static final Candidate MIDDLE = Candidate.of(6, 0, 2, 1000, 1);
  private static final Candidate REFUSED = Candidate.of(5, 3000, -1, 0, 1);
  private static final List<Candidate> ALL = List.of(REFUSED, SLOW, FAST, MIDDLE);

  @Test
  void theFastestThatWorks() {
    assertEquals(Optional.of(FAST), Candidate.fastest(ALL, 2000, false));
  }

  @Test
  void theFastestThatFits() {
    assertEquals(Optional.of(MIDDLE), Candidate.fastest(ALL, 1999, false));
    assertEquals(Optional.of(SLOW), Candidate.fastest(ALL, 999, false));
  }

  @Test
  void theFastestThatIsDeterministic() {
    assertEquals(Optional.of(MIDDLE), Candidate.fastest(ALL, 2000, true));
  }

  @Test
  void perhapsNone() {
    assertEquals(Optional.empty(), Candidate.fastest(List.of(REFUSED), 2000, false));
    assertEquals(Optional.empty(), Candidate.fastest(List.of(FAST), 2000, true));
  }
}
