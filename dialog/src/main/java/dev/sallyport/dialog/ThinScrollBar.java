package dev.sallyport.dialog;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.plaf.basic.BasicScrollBarUI;

/** A scroll bar without arrows that does not distract from the text. */
final class ThinScrollBar extends BasicScrollBarUI {
  @Override
  protected JButton createDecreaseButton(int orientation) {
    return nothing();
  }

  @Override
  protected JButton createIncreaseButton(int orientation) {
    return nothing();
  }

  private static JButton nothing() {
    var button = new JButton();
    button.setFocusable(false);
    button.setPreferredSize(new Dimension(0, 0));
    return button;
  }

  @Override
  protected void paintTrack(Graphics graphics, JComponent bar, Rectangle track) {
    graphics.setColor(Look.PAPER);
    graphics.fillRect(track.x, track.y, track.width, track.height);
  }

  @Override
  protected void paintThumb(Graphics graphics, JComponent bar, Rectangle thumb) {
    var canvas = (Graphics2D) graphics.create();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setColor(Look.LINE);
    canvas.fillRoundRect(thumb.x, thumb.y, thumb.width, thumb.height, thumb.width, thumb.width);
    canvas.dispose();
  }
}
