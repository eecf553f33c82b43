package dev.sallyport.dialog;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.Timer;

/**
 * The window with the text and its buttons. It comes up above the others without taking the keyboard, no button is the default one, and it takes
 * no answer before the {@link Guard} has seen a pause. Escape closes it; Tab, Enter and the space bar reach the buttons.
 */
final class MessageWindow {
  private static final int WIDTH = 440;
  private static final int SIDE = 22;
  private static final int LEAST_TEXT_HEIGHT = 48;
  private static final int SECOND = 1000; // milliseconds

  private final JLabel left = new JLabel(" ");
  /** In the order in which Tab reaches them. */
  private final List<JButton> buttons = new ArrayList<>();
  private final Request request;
  private final Deadline deadline;
  private final Consumer<Answer> replies;
  private final Guard guard = new Guard(this::hear);

  MessageWindow(Request request, Deadline deadline, Consumer<Answer> replies) {
    this.request = request;
    this.deadline = deadline;
    this.replies = replies;
  }

  void open() {
    boolean question = request.kind() == Request.Kind.ASK;
    var frame = new JFrame();
    frame.setTitle(question ? "A question for you" : "A message for you");
    frame.setIconImages(List.of(new GateIcon(16, Look.ACCENT, Color.WHITE).image(),
        new GateIcon(48, Look.ACCENT, Color.WHITE).image()));
    frame.setDefaultCloseOperation(JFrame.DO_NOTHING_ON_CLOSE);
    frame.addWindowListener(new WindowAdapter() {
      @Override
      public void windowClosing(WindowEvent event) {
        replies.accept(Answer.CLOSED);
      }
    });
    frame.setContentPane(content(frame.getGraphicsConfiguration().getBounds()));
    frame.setAlwaysOnTop(true);
    frame.setAutoRequestFocus(false);
    frame.setResizable(false);
    frame.pack();
    frame.setLocationRelativeTo(null);
    var timer = new Timer(SECOND, event -> tick());
    timer.setInitialDelay(0);
    timer.start();
    guard.start();
    frame.setVisible(true);
  }

  /** All that is in the window; needs no screen. */
  JPanel content(Rectangle screen) {
    var content = new JPanel(new BorderLayout());
    content.setBackground(Look.PAPER);
    content.setBorder(BorderFactory.createLineBorder(Look.ACCENT_DARK, Look.px(1)));
    content.add(head(), BorderLayout.NORTH);
    content.add(body(screen.height), BorderLayout.CENTER);
    content.add(foot(), BorderLayout.SOUTH);
    content.registerKeyboardAction(event -> replies.accept(Answer.CLOSED),
        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
    return content;
  }

  private JPanel head() {
    var head = new JPanel(new BorderLayout(Look.px(14), 0));
    head.setOpaque(false);
    head.setBorder(BorderFactory.createEmptyBorder(Look.px(20), Look.px(SIDE), Look.px(4), Look.px(SIDE)));
    var mark = new JPanel(new BorderLayout());
    mark.setOpaque(false);
    mark.add(new JLabel(new GateIcon(Look.px(36), Look.ACCENT, Color.WHITE)), BorderLayout.NORTH);
    head.add(mark, BorderLayout.LINE_START);
    var words = new JPanel(new BorderLayout(0, Look.px(1)));
    words.setOpaque(false);
    boolean question = request.kind() == Request.Kind.ASK;
    String usual = question ? "Your administrator asks" : "Message from your administrator";
    var title = new PlainArea(request.title().isEmpty() ? usual : request.title(), "Title", Look.font(Font.BOLD, 16));
    title.setFocusable(false);
    title.setPreferredSize(
        new Dimension(textWidth() - Look.px(50), title.heightAt(textWidth() - Look.px(50))));
    words.add(title, BorderLayout.CENTER);
    words.add(pale("From those who look after this computer"), BorderLayout.SOUTH);
    head.add(words, BorderLayout.CENTER);
    return head;
  }

  private JScrollPane body(int screenHeight) {
    var text = new PlainArea(request.text(), "Text", Look.font(Font.PLAIN, 14));
    int high = text.heightAt(textWidth());
    int shown = Math.max(Look.px(LEAST_TEXT_HEIGHT), Math.min(high, screenHeight / 2));
    var scroll = new JScrollPane(text, JScrollPane.VERTICAL_SCROLLBAR_AS_NEEDED,
        JScrollPane.HORIZONTAL_SCROLLBAR_NEVER);
    scroll.getVerticalScrollBar().setUI(new ThinScrollBar());
    scroll.getVerticalScrollBar().setPreferredSize(new Dimension(Look.px(8), 0));
    scroll.getVerticalScrollBar().setUnitIncrement(Look.px(20));
    scroll.getViewport().setOpaque(false);
    scroll.setOpaque(false);
    scroll.setBorder(BorderFactory.createEmptyBorder(Look.px(10), Look.px(SIDE), Look.px(18), Look.px(SIDE)));
    scroll.setPreferredSize(new Dimension(Look.px(WIDTH), shown + Look.px(28)));
    text.setCaretPosition(0);
    return scroll;
  }

  private JPanel foot() {
    var foot = new JPanel(new BorderLayout());
    foot.setBackground(Look.FOOT);
    foot.setBorder(BorderFactory.createCompoundBorder(BorderFactory.createMatteBorder(1, 0, 0, 0, Look.LINE),
        BorderFactory.createEmptyBorder(Look.px(10), Look.px(SIDE), Look.px(10), Look.px(SIDE - 2))));
    left.setFont(Look.font(Font.PLAIN, 12));
    left.setForeground(Look.PALE_INK);
    foot.add(left, BorderLayout.CENTER);
    var row = new JPanel(new FlowLayout(FlowLayout.TRAILING, Look.px(8), 0));
    row.setOpaque(false);
    if (request.kind() == Request.Kind.ASK) {
      row.add(button("No", Answer.NO, KeyEvent.VK_N, false));
      row.add(button("Yes", Answer.YES, KeyEvent.VK_Y, false));
    } else {
      row.add(button("OK", Answer.READ, KeyEvent.VK_O, true));
    }
    foot.add(row, BorderLayout.LINE_END);
    return foot;
  }

  private JButton button(String word, Answer answer, int mnemonic, boolean filled) {
    var button = new FlatButton(word, filled);
    button.setMnemonic(mnemonic);
    button.setEnabled(false);
    button.addActionListener(event -> replies.accept(answer));
    buttons.add(button);
    return button;
  }

  private static JLabel pale(String text) {
    var label = new JLabel(text);
    label.setFont(Look.font(Font.PLAIN, 12));
    label.setForeground(Look.PALE_INK);
    return label;
  }

  private static int textWidth() {
    return Look.px(WIDTH - 2 * SIDE);
  }

  private void hear() {
    buttons.forEach(button -> button.setEnabled(true));
  }

  private void tick() {
    if (deadline.left().isZero()) {
      replies.accept(Answer.NONE);
    }
    left.setText("Closes by itself in " + Deadline.words(deadline.left()));
  }
}
