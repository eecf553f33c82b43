package dev.sallyport.benchmark.report;

/**
 * One measured figure.
 *
 * @param what the row of the table
 * @param value the figure, in {@code unit}
 * @param unit of the figure
 * @param must the bar, as it is written for people; "" where there is none
 * @param met whether the figure clears the bar; true where there is none
 * @param how command, runs, statistic
 */
public record Row(String what, double value, String unit, String must, boolean met, String how) {

  /** A figure that should be at most {@code limit}. */
  public static Row atMost(String what, double value, String unit, double limit, String how) {
    return new Row(what, value, unit, "≤ " + Numbers.text(limit), value <= limit, how);
  }

  /** A figure that should be at least {@code limit}. */
  public static Row atLeast(String what, double value, String unit, double limit, String how) {
    return new Row(what, value, unit, "≥ " + Numbers.text(limit), value >= limit, how);
  }

  /** A figure for comparison. */
  public static Row of(String what, double value, String unit, String how) {
    return new Row(what, value, unit, "", true, how);
  }
}
