// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.IOException;
import java.io.LineNumberReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads records of comma-separated values (RFC 4180): fields are plain, or in double quotes, within
 * which a quote is doubled and separators and line ends are text. Lines end in LF, CR LF or CR; the
 * last may do without. Empty lines between records are passed over.
 */
final class CsvParser {
  private static final int END = -1;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final String place;
  private final char separator;
  private final LineNumberReader in; // every line end is one '\n'
  private int next;

  /** A record and the number of the line in which it begins, from 1. */
  record Row(int line, List<String> fields) {}

  CsvParser(String place, Reader in, char separator) throws IOException {
    this.place = place;
    this.separator = separator;
    this.in = new LineNumberReader(in);
    advance();
    if (next == BYTE_ORDER_MARK) {
      advance();
    }
  }

  /** Reads a record; empty at the end. */
  Optional<Row> read() throws IOException {
    while (next == '\n') {
      advance();
    }
    if (next == END) {
      return Optional.empty();
    }
    int line = line();
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (next == separator) {
      advance();
      fields.add(field());
    }
    return Optional.of(new Row(line, fields));
  }

  /** Reads up to a separator, a line end or the end. */
  private String field() throws IOException {
    return next == '"' ? quoted() : plain();
  }

  private String plain() throws IOException {
    StringBuilder text = new StringBuilder();
    for (; !isBehindField(); advance()) {
      if (next == '"') {
        throw bad(line(), "has a quote within a field. Put the field in quotes and double it");
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private String quoted() throws IOException {
    int begin = line();
    StringBuilder text = new StringBuilder();
    advance();
    while (next != '"' || advance() == '"') {
      if (next == END) {
        throw bad(begin, "has a quote that is never closed");
      }
      text.append((char) next);
      advance();
    }
    if (!isBehindField()) {
      throw bad(line(), "has text behind a closing quote. Double quotes that are text");
    }
    return text.toString();
  }

  private boolean isBehindField() {
    return next == separator || next == '\n' || next == END;
  }

  private int advance() throws IOException {
    next = in.read();
    return next;
  }

  /** The line of the next character, which must be no line end. */
  private int line() {
    return in.getLineNumber() + 1;
  }

  private DataException bad(int line, String what) {
    return new DataException(place + ", line " + line + ", " + what);
  }
}
