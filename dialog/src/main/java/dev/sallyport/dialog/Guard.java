package dev.sallyport.dialog;

import java.awt.KeyEventDispatcher;
import java.awt.KeyboardFocusManager;
import java.awt.event.KeyEvent;
import java.time.Duration;
import javax.swing.Timer;

/**
 * Keeps a window deaf until whoever sits there has seen it: a window that comes up while somebody types or clicks must not take that for an answer.
 * It hears only after a pause in which no key was pressed.
 */
final class Guard implements KeyEventDispatcher {
  /** How long nothing may be pressed; a little more than between two keys of somebody who types slowly. */
  static final Duration PAUSE = Duration.ofMillis(1200);

  private final Timer timer;
  private boolean hears;

  /** @param open run when the window may be answered */
  Guard(Runnable open) {
    timer = new Timer((int) PAUSE.toMillis(), event -> {
      hears = true;
      open.run();
    });
    timer.setRepeats(false);
  }

  /** How the pause is waited for. */
  Timer timer() {
    return timer;
  }

  void start() {
    KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(this);
    timer.start();
  }

  /** Swallows keys as long as the window is deaf. */
  @Override
  public boolean dispatchKeyEvent(KeyEvent event) {
    if (!hears) {
      timer.restart();
    }
    return !hears;
  }
}
