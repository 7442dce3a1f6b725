// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({"0,'0'", "999,'999'", "1000,'1,000'", "1668490,'1,668,490'", "-123456,'-123,456'"})
  void grouped(long number, String text) {
    assertEquals(text, Numbers.grouped(number));
  }

  @ParameterizedTest
  @CsvSource({
    "0,4,0.0000",
    "0.98765,4,0.9877",
    "0.00004,4,0.0000",
    "0.05,1,0.1",
    "-2.345,2,-2.35",
    "99.96,1,100.0",
    "7.6,0,8",
    "1e30,4,1.0E30",
    "Infinity,4,Infinity",
    "NaN,4,NaN"
  })
  void fixed(double number, int decimals, String text) {
    assertEquals(text, Numbers.fixed(number, decimals));
  }

  @ParameterizedTest
  @CsvSource({"0,0:00", "9.4,0:09", "59.6,1:00", "61,1:01", "3599,59:59", "3600,1:00:00"})
  void clock(double seconds, String text) {
    assertEquals(text, Numbers.clock(seconds));
  }
}
