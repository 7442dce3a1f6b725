// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which algorithm is taken. */
class CandidateTest {
  private static final Candidate SLOW = Candidate.of(0, 0, 3, 0, 1);
  private static final Candidate FAST = Candidate.of(1, 0, 1, 2000, 0);
  private static final Candidate MIDDLE = Candidate.of(6, 0, 2, 1000, 1);
  private static final Candidate REFUSED = Candidate.of(5, 3000, -1, 0, 1);
  private static final List<Candidate> ALL = List.of(REFUSED, SLOW, FAST, MIDDLE);

  @Test
  void theFastestThatWorkComeFirst() {
    assertEquals(List.of(FAST, MIDDLE, SLOW), Candidate.ranked(ALL, 2000, false));
  }

  @Test
  void thoseThatFit() {
    assertEquals(List.of(MIDDLE, SLOW), Candidate.ranked(ALL, 1999, false));
    assertEquals(List.of(SLOW), Candidate.ranked(ALL, 999, false));
  }

  @Test
  void thoseThatAreDeterministic() {
    assertEquals(List.of(MIDDLE, SLOW), Candidate.ranked(ALL, 2000, true));
  }

  @Test
  void perhapsNone() {
    assertEquals(List.of(), Candidate.ranked(List.of(REFUSED), 2000, false));
    assertEquals(List.of(), Candidate.ranked(List.of(FAST), 2000, true));
  }
}
