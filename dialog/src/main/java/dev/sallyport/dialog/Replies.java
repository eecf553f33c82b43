package dev.sallyport.dialog;

import java.util.Locale;

/** Takes the one answer; whatever comes after the first is nobody's. */
@FunctionalInterface
interface Replies {
  /**
   * The answer, and by it the end of the program.
   *
   * @param way how it was shown
   */
  void reply(Way way, Answer answer);

  /** How something was shown. */
  enum Way {
    /** A window at once. */
    WINDOW,
    /** A window behind an icon in the system tray. */
    TRAY,
    /** A window behind a flashing button, where there is no tray. */
    BUTTON;

    /** Returns the word the agent knows. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
