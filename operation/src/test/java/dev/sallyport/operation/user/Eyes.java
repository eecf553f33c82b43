package dev.sallyport.operation.user;

import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.Robot;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Takes a picture of the screen that {@code DISPLAY} names and ends; in a process of its own, because a test has no screen. */
final class Eyes {
  private Eyes() {
  }

  public static void main(String[] args) throws Exception {
    Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
    Rectangle whole = new Rectangle(0, 0, screen.x + screen.width, screen.y + screen.height);
    if (!ImageIO.write(new Robot().createScreenCapture(whole), "png", Path.of(args[0]).toFile())) {
      throw new IOException("no picture could be written");
    }
  }
}
