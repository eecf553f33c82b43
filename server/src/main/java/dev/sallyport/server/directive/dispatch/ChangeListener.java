package dev.sallyport.server.directive.dispatch;

import dev.sallyport.server.directive.record.DirectiveLog;

/** Hears which directives have changed, after the change is on the disk. Must not block. */
@FunctionalInterface
public interface ChangeListener {
  /** A run of this directive, or its output, has changed. */
  void changed(String directive);

  /**
   * Instead of the above: the directive has ended, and whoever gave it and waits need not look up what happened.
   *
   * @param whole its log from the first entry to the last
   */
  default void ended(String directive, DirectiveLog.Page whole) {
    changed(directive);
  }
}
