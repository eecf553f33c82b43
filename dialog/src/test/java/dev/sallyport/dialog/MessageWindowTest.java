package dev.sallyport.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.plaf.basic.BasicHTML;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is in the window, which needs no screen to be looked at. */
final class MessageWindowTest {
  private static final Rectangle SCREEN = new Rectangle(0, 0, 1280, 800);

  private final List<Answer> answers = new ArrayList<>();

  @BeforeAll
  static void withoutScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  private JPanel content(Request.Kind kind, String title, String text) {
    var request = new Request(kind, title, text, Duration.ofMinutes(1));
    return new MessageWindow(request, Deadline.after(request.time()), answers::add).content(SCREEN);
  }

  private static <T> List<T> in(Container container, Class<T> type) {
    var found = new ArrayList<T>();
    for (Component component : container.getComponents()) {
      if (type.isInstance(component)) {
        found.add(type.cast(component));
      }
      if (component instanceof Container inner) {
        found.addAll(in(inner, type));
      }
    }
    return found;
  }

  @Test
  @DisplayName("T19 mark-up in a message is text: no component makes HTML of it")
  void markUpIsText() {
    String markUp = "<html><b>bold</b><img src='http://attacker.example/x.png'>";
    for (Request.Kind kind : Request.Kind.values()) {
      JPanel content = content(kind, markUp, markUp);
      assertThat(in(content, JTextArea.class)).extracting(JTextArea::getText).containsExactly(markUp, markUp);
      assertThat(in(content, JComponent.class))
          .allSatisfy(part -> assertThat(part.getClientProperty(BasicHTML.propertyKey)).isNull());
    }
  }

  @Test
  void noButtonCanBePressedBeforeThereWasAPause() {
    for (Request.Kind kind : Request.Kind.values()) {
      List<JButton> buttons = in(content(kind, "", "x"), JButton.class).stream()
          .filter(button -> !button.getText().isEmpty()).toList();
      assertThat(buttons).hasSize(kind == Request.Kind.ASK ? 2 : 1).noneMatch(JButton::isEnabled);
      buttons.forEach(JButton::doClick);
    }
    assertThat(answers).isEmpty();
  }

  @Test
  void theButtonsAnswer() {
    for (JButton button : in(content(Request.Kind.ASK, "", "x"), JButton.class)) {
      button.setEnabled(true);
      button.doClick(0);
    }
    for (JButton button : in(content(Request.Kind.MESSAGE, "", "x"), JButton.class)) {
      button.setEnabled(true);
      button.doClick(0);
    }
    assertThat(answers).containsExactly(Answer.NO, Answer.YES, Answer.READ);
  }

  @Test
  void escapeClosesAndEnterPressesOnlyTheButtonThatHasTheKeyboard() {
    JPanel content = content(Request.Kind.ASK, "", "x");
    var escape = KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0);
    content.getActionForKeyStroke(escape).actionPerformed(new ActionEvent(content, 0, ""));
    assertThat(answers).containsExactly(Answer.CLOSED);

    var enter = KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0);
    assertThat(content.getActionForKeyStroke(enter)).isNull();
    assertThat(in(content, FlatButton.class)).allSatisfy(button -> {
      assertThat(button.getInputMap(JComponent.WHEN_FOCUSED).get(enter)).isEqualTo("pressed");
      assertThat(button.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).get(enter)).isNull();
    });
  }

  @Test
  void aWindowIsDeafUntilItHasSeenAPauseInTyping() {
    var opened = new AtomicInteger();
    var guard = new Guard(opened::incrementAndGet);
    var key = new KeyEvent(new JPanel(), KeyEvent.KEY_PRESSED, 0, 0, KeyEvent.VK_ENTER, '\n');

    assertThat(guard.dispatchKeyEvent(key)).isTrue();
    assertThat(guard.timer().isRunning()).as("the pause begins anew").isTrue();
    assertThat(opened).hasValue(0);
    guard.timer().stop();
    for (var listener : guard.timer().getActionListeners()) {
      listener.actionPerformed(new ActionEvent(guard, 0, ""));
    }

    assertThat(opened).hasValue(1);
    assertThat(guard.dispatchKeyEvent(key)).isFalse();
  }

  @Test
  void longTextScrollsAndShortTextDoesNotGrowTheWindow() {
    int shortest = height("x");
    assertThat(height("x".repeat(4000))).as("one word without an end wraps").isGreaterThan(shortest)
        .isLessThan(SCREEN.height * 2 / 3);
    assertThat(height("word ".repeat(800))).isLessThan(SCREEN.height * 2 / 3);
    assertThat(height("\n".repeat(3999) + "x")).isLessThan(SCREEN.height * 2 / 3);
  }

  private int height(String text) {
    return in(content(Request.Kind.MESSAGE, "", text), JScrollPane.class).getFirst().getPreferredSize().height;
  }

  @Test
  void textRunsFromTheRightWhereItsFirstLetterDoes() {
    List<JTextArea> areas = in(content(Request.Kind.MESSAGE, "Title", "שלום (22:00)"), JTextArea.class);
    assertThat(areas).extracting(area -> area.getComponentOrientation().isLeftToRight()).containsExactly(true, false);
  }

  @Test
  void screenReadersAreToldWhatIsWhat() {
    JPanel content = content(Request.Kind.ASK, "", "x");
    assertThat(in(content, JTextArea.class))
        .extracting(area -> area.getAccessibleContext().getAccessibleName()).containsExactly("Title", "Text");
    assertThat(in(content, FlatButton.class))
        .extracting(button -> button.getAccessibleContext().getAccessibleName()).containsExactly("No", "Yes");
  }
}
