package dev.sallyport.dialog;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import javax.swing.Icon;

/** The gate of Sallyport, in any size: drawn, so it is sharp on every screen. */
final class GateIcon implements Icon {
  private final int size;
  private final Color ground;
  private final Color gate;

  GateIcon(int size, Color ground, Color gate) {
    this.size = size;
    this.ground = ground;
    this.gate = gate;
  }

  @Override
  public void paintIcon(Component component, Graphics graphics, int x, int y) {
    paint(graphics, x, y);
  }

  private void paint(Graphics graphics, int x, int y) {
    var canvas = (Graphics2D) graphics.create();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    canvas.translate(x, y);
    canvas.setColor(ground);
    canvas.fill(new RoundRectangle2D.Double(0, 0, size, size, size * 0.42, size * 0.42));
    var arch = new Path2D.Double();
    arch.moveTo(size * 0.32, size * 0.76);
    arch.lineTo(size * 0.32, size * 0.46);
    arch.curveTo(size * 0.32, size * 0.20, size * 0.68, size * 0.20, size * 0.68, size * 0.46);
    arch.lineTo(size * 0.68, size * 0.76);
    canvas.setColor(gate);
    canvas.setStroke(new BasicStroke((float) (size * 0.14), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    canvas.draw(arch);
    canvas.dispose();
  }

  /** The same as a picture, for places that take no drawing. */
  BufferedImage image() {
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    var canvas = image.createGraphics();
    paint(canvas, 0, 0);
    canvas.dispose();
    return image;
  }

  @Override
  public int getIconWidth() {
    return size;
  }

  @Override
  public int getIconHeight() {
    return size;
  }
}
