package dev.sallyport.dialog;

import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.Toolkit;

/**
 * Colours, fonts and sizes. The window is light with a dark frame, so it stands out on light and dark desktops alike; every text has a contrast of
 * at least 4.5 to 1 (WCAG 2.2, 1.4.3).
 */
final class Look {
  static final Color ACCENT = new Color(0x0b6e72);
  static final Color ACCENT_DARK = new Color(0x08565a);
  static final Color FLASH = new Color(0xf2a900);
  static final Color PAPER = Color.WHITE;
  static final Color FOOT = new Color(0xf3f5f7);
  static final Color INK = new Color(0x1b2430);
  static final Color PALE_INK = new Color(0x55606e);
  static final Color LINE = new Color(0xc9d1da);

  private static final int DOTS_PER_INCH = 96;
  private static final int XFT_UNIT = 1024;
  private static final double LARGEST = 3;

  /** How many pixels a unit of our sizes has, beyond what Java scales by itself. */
  private static double scale = 1;

  private Look() {
  }

  /**
   * Connects to the screen and asks how large things are on it.
   *
   * @throws java.awt.AWTError if there is no such screen, or no right to it
   */
  static void prepare() {
    System.setProperty("awt.useSystemAAFontSettings", "on");
    System.setProperty("swing.aatext", "true");
    var screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice().getDefaultConfiguration();
    boolean scaled = screen.getDefaultTransform().getScaleX() > 1;
    Object xft = Toolkit.getDefaultToolkit().getDesktopProperty("gnome.Xft/DPI");
    if (!scaled && xft instanceof Integer dpi) {
      scale = Math.max(1, Math.min(LARGEST, (double) dpi / XFT_UNIT / DOTS_PER_INCH));
    }
  }

  static int px(int units) {
    return (int) Math.round(units * scale);
  }

  static Font font(int style, int units) {
    return new Font(Font.SANS_SERIF, style, px(units));
  }
}
