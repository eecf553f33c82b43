package dev.sallyport.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, two blanks apart; cells are made safe for a terminal first. */
public final class Table {
  private static final String GAP = "  ";
  private static final int MAX_CELL = 60;

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... head) {
    this.head = List.of(head);
  }

  /** Adds a row with as many cells as there are columns. */
  public Table row(String... cells) {
    if (cells.length != head.size()) {
      throw new IllegalArgumentException("a row has " + cells.length + " cells, the table " + head.size() + " columns");
    }
    var row = new ArrayList<String>();
    for (String cell : cells) {
      String safe = SafeText.oneLine(cell);
      row.add(safe.length() > MAX_CELL ? safe.substring(0, MAX_CELL - 1) + "…" : safe);
    }
    rows.add(row);
    return this;
  }

  public void print(PrintStream out) {
    int[] widths = new int[head.size()];
    measure(head, widths);
    rows.forEach(row -> measure(row, widths));
    out.println(line(head, widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(i == 0 ? "" : GAP).append(cell);
      if (i < widths.length - 1) {
        line.repeat(" ", widths[i] - cell.length());
      }
    }
    return line.toString();
  }
}
