package dev.sallyport.benchmark.report;

import java.util.Locale;

/** Figures with three significant digits, which is what a shared machine is good for. */
final class Numbers {
  private static final double HUNDRED = 100;
  private static final double TEN = 10;

  private Numbers() {
  }

  static String text(double value) {
    double size = Math.abs(value);
    String format = size >= HUNDRED || value == Math.rint(value) ? "%,.0f" : size >= TEN ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
