package dev.sallyport.dialog;

import java.awt.ComponentOrientation;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.KeyboardFocusManager;
import java.text.Bidi;
import javax.swing.JTextArea;

/**
 * Text that wraps, can be read by a screen reader, marked and copied, and is nothing but text: unlike a label, this component knows no HTML. It runs
 * from right to left where its first strong character does.
 */
final class PlainArea extends JTextArea {
  private static final long serialVersionUID = 1L;

  PlainArea(String text, String accessibleName, Font font) {
    super(text);
    putClientProperty("html.disable", true);
    setFont(font);
    setForeground(Look.INK);
    setEditable(false);
    setLineWrap(true);
    setWrapStyleWord(true);
    setOpaque(false);
    setTabSize(4);
    // Nothing is written here, so Tab leads on to the buttons.
    setFocusTraversalKeys(KeyboardFocusManager.FORWARD_TRAVERSAL_KEYS, null);
    setFocusTraversalKeys(KeyboardFocusManager.BACKWARD_TRAVERSAL_KEYS, null);
    getCaret().setVisible(false);
    getAccessibleContext().setAccessibleName(accessibleName);
    boolean leftToRight = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
    setComponentOrientation(leftToRight ? ComponentOrientation.LEFT_TO_RIGHT : ComponentOrientation.RIGHT_TO_LEFT);
  }

  /** How high it becomes at this width. */
  int heightAt(int width) {
    setSize(new Dimension(width, Short.MAX_VALUE));
    return getPreferredSize().height;
  }
}
