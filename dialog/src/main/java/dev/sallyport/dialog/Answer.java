package dev.sallyport.dialog;

import java.util.Locale;

/** What came of it. */
enum Answer {
  /** The message was read. */
  READ,
  /** Yes. */
  YES,
  /** No. */
  NO,
  /** Nothing was answered while there was time. */
  NONE,
  /** The window was closed without an answer. */
  CLOSED;

  /** Returns the word the agent knows. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
