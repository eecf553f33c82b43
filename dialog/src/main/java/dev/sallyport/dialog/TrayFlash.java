package dev.sallyport.dialog;

import java.awt.AWTException;
import java.awt.Color;
import java.awt.Image;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.function.Consumer;
import javax.swing.Timer;

import dev.sallyport.dialog.Replies.Way;

/** An icon in the system tray that flashes until it is clicked. If the tray goes, a button takes its place. */
final class TrayFlash {
  private static final int FLASH_MILLIS = 600;
  private static final String TIP = "A message for you. Click to read it.";

  private final SystemTray tray;
  private final TrayIcon icon;
  private final Image bright;
  private final Image dark;
  private final Timer timer;
  private boolean lit;

  private TrayFlash(SystemTray tray, Deadline deadline, Replies replies) {
    this.tray = tray;
    int size = Math.max(tray.getTrayIconSize().width, 16);
    bright = new GateIcon(size, Look.FLASH, Look.INK).image();
    dark = new GateIcon(size, Look.ACCENT, Color.WHITE).image();
    icon = new TrayIcon(dark, TIP);
    icon.setImageAutoSize(true);
    timer = new Timer(FLASH_MILLIS, event -> flash(deadline, replies));
  }

  /**
   * Begins to flash.
   *
   * @param open called once, on the thread of Swing
   * @return whether this desktop has a tray
   */
  static boolean begin(Consumer<Way> open, Deadline deadline, Replies replies) {
    if (!SystemTray.isSupported()) {
      return false;
    }
    var flash = new TrayFlash(SystemTray.getSystemTray(), deadline, replies);
    try {
      flash.tray.add(flash.icon);
    } catch (AWTException e) {
      // A tray that takes no icons is none.
      return false;
    }
    flash.icon.addMouseListener(new MouseAdapter() {
      @Override
      public void mousePressed(MouseEvent event) {
        flash.end();
        open.accept(Way.TRAY);
      }
    });
    flash.tray.addPropertyChangeListener("systemTray", event -> {
      if (event.getNewValue() == null && flash.timer.isRunning()) {
        flash.end();
        ButtonFlash.begin(open, deadline, replies);
      }
    });
    flash.timer.start();
    return true;
  }

  private void flash(Deadline deadline, Replies replies) {
    if (deadline.left().isZero()) {
      replies.reply(Way.TRAY, Answer.NONE);
    }
    lit = !lit;
    icon.setImage(lit ? bright : dark);
  }

  private void end() {
    timer.stop();
    tray.remove(icon);
  }
}
