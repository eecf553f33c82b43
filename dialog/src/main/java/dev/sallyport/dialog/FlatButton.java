package dev.sallyport.dialog;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.KeyEvent;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

/** A button that looks the same on every desktop, shows where the keyboard is, and takes Enter as well as the space bar. */
final class FlatButton extends JButton {
  private static final long serialVersionUID = 1L;

  private final boolean filled;

  FlatButton(String text, boolean filled) {
    super(text);
    this.filled = filled;
    putClientProperty("html.disable", true);
    setFont(Look.font(Font.BOLD, 13));
    setForeground(filled ? Color.WHITE : Look.INK);
    setBorder(BorderFactory.createEmptyBorder(Look.px(8), Look.px(22), Look.px(8), Look.px(22)));
    setContentAreaFilled(false);
    setFocusPainted(false);
    setOpaque(false);
    setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
    getInputMap(JComponent.WHEN_FOCUSED).put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0, false), "pressed");
    getInputMap(JComponent.WHEN_FOCUSED).put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0, true), "released");
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    var canvas = (Graphics2D) graphics.create();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int arc = Look.px(10);
    int ring = Look.px(2);
    canvas.setColor(ground());
    canvas.fillRoundRect(ring, ring, getWidth() - 2 * ring, getHeight() - 2 * ring, arc, arc);
    canvas.setColor(filled ? ground() : Look.LINE);
    canvas.drawRoundRect(ring, ring, getWidth() - 2 * ring - 1, getHeight() - 2 * ring - 1, arc, arc);
    if (isFocusOwner()) {
      canvas.setColor(Look.INK);
      canvas.setStroke(new BasicStroke(ring));
      canvas.drawRoundRect(1, 1, getWidth() - 3, getHeight() - 3, arc + ring, arc + ring);
    }
    canvas.dispose();
    super.paintComponent(graphics);
  }

  private Color ground() {
    boolean hot = getModel().isRollover() || getModel().isPressed();
    if (filled) {
      return hot ? Look.ACCENT_DARK : Look.ACCENT;
    }
    return hot ? Look.FOOT : Look.PAPER;
  }
}
