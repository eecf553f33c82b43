package dev.sallyport.cli.file;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;

/** One line on a terminal that tells how far something has come; nothing where nobody looks. */
final class ProgressLine implements AutoCloseable {
  private static final long EVERY_NANOS = 200_000_000;
  private static final double MIB = 1 << 20;
  private static final double SECOND_NANOS = 1e9;

  private final PrintStream out;
  private final boolean shown;
  private final String what;
  private final long size;
  private final LongSupplier clock;
  private final long began;
  private long from;
  private long done;
  private long nextAt;

  private ProgressLine(PrintStream out, boolean shown, String what, long size, LongSupplier clock) {
    this.out = out;
    this.shown = shown;
    this.what = SafeText.oneLine(what);
    this.size = size;
    this.clock = clock;
    this.began = clock.getAsLong();
    this.nextAt = began + EVERY_NANOS;
  }

  /** On this terminal, if it is one. */
  @SuppressWarnings("SystemConsoleNull") // it is null where the JDK's console was chosen and there is no terminal
  static ProgressLine on(Terminal terminal, String what, long size) {
    Console console = System.console();
    return new ProgressLine(terminal.err(), console != null && console.isTerminal(), what, size, System::nanoTime);
  }

  /** Begins, or begins again, after so many bytes. */
  void from(long bytes) {
    from = bytes;
    done = bytes;
  }

  /** So many more bytes are over. */
  void more(int bytes) {
    done += bytes;
    if (shown && clock.getAsLong() - nextAt >= 0) {
      nextAt = clock.getAsLong() + EVERY_NANOS;
      out.print("\r" + what + text() + "\u001b[K");
      out.flush();
    }
  }

  private String text() {
    double seconds = Math.max(clock.getAsLong() - began, 1) / SECOND_NANOS;
    return String.format(Locale.ROOT, "  %3d %%  %.1f of %.1f MiB  %.1f MiB/s", size == 0 ? 100 : 100 * done / size,
        done / MIB, size / MIB, (done - from) / MIB / seconds);
  }

  @Override
  public void close() {
    if (shown) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
