package dev.sallyport.dialog;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsConfiguration;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.SwingConstants;
import javax.swing.Timer;

import dev.sallyport.dialog.Replies.Way;

/** A small window in the lower corner that stays above the others and flashes until it is clicked; for desktops without a tray. */
final class ButtonFlash {
  private static final int FLASH_MILLIS = 600;
  private static final int MARGIN = 24;

  private final JFrame frame = new JFrame("New message");
  private final JButton button = new JButton("New message");
  private final Timer timer;
  private boolean lit;

  private ButtonFlash(Consumer<Way> open, Deadline deadline, Replies replies) {
    timer = new Timer(FLASH_MILLIS, event -> flash(deadline, replies));
    button.setFont(Look.font(Font.BOLD, 14));
    button.setIconTextGap(Look.px(10));
    button.setHorizontalAlignment(SwingConstants.LEADING);
    button.setContentAreaFilled(false);
    button.setOpaque(true);
    button.setFocusPainted(false);
    button.setBorder(BorderFactory.createCompoundBorder(BorderFactory.createLineBorder(Look.ACCENT_DARK, Look.px(1)),
        BorderFactory.createEmptyBorder(Look.px(10), Look.px(14), Look.px(10), Look.px(18))));
    button.getAccessibleContext().setAccessibleDescription("A message for you. Press to read it.");
    button.addActionListener(event -> {
      timer.stop();
      frame.dispose();
      open.accept(Way.BUTTON);
    });
    paint();
  }

  /**
   * Begins to flash.
   *
   * @param open called once, on the thread of Swing
   */
  static void begin(Consumer<Way> open, Deadline deadline, Replies replies) {
    var flash = new ButtonFlash(open, deadline, replies);
    flash.show();
    flash.timer.start();
  }

  private void show() {
    frame.setUndecorated(true);
    frame.setAlwaysOnTop(true);
    frame.setAutoRequestFocus(false);
    frame.setFocusableWindowState(false);
    frame.setDefaultCloseOperation(JFrame.DO_NOTHING_ON_CLOSE);
    frame.setIconImage(new GateIcon(48, Look.ACCENT, Color.WHITE).image());
    frame.add(button, BorderLayout.CENTER);
    frame.pack();
    GraphicsConfiguration screen = frame.getGraphicsConfiguration();
    Rectangle bounds = screen.getBounds();
    Insets taken = Toolkit.getDefaultToolkit().getScreenInsets(screen);
    frame.setLocation(bounds.x + bounds.width - taken.right - frame.getWidth() - Look.px(MARGIN),
        bounds.y + bounds.height - taken.bottom - frame.getHeight() - Look.px(MARGIN));
    frame.setVisible(true);
  }

  private void flash(Deadline deadline, Replies replies) {
    if (deadline.left().isZero()) {
      replies.reply(Way.BUTTON, Answer.NONE);
    }
    lit = !lit;
    paint();
  }

  private void paint() {
    button.setBackground(lit ? Look.FLASH : Look.ACCENT);
    button.setForeground(lit ? Look.INK : Color.WHITE);
    button.setIcon(new GateIcon(Look.px(24), lit ? Look.INK : Look.ACCENT_DARK, Color.WHITE));
  }
}
