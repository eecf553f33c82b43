package dev.sallyport.dialog;

import java.awt.AWTError;
import java.awt.HeadlessException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.swing.SwingUtilities;

/**
 * Reads a {@link Request} from standard input, shows it, writes one line to standard output and ends.
 *
 * <pre>
 * answer: way, blank, {@link Answer#word}     window yes
 *     or: failed, blank, what is wrong         failed there is no screen :0
 * </pre>
 *
 * <p>Whoever started it keeps its standard input open. When that ends, so does the program, without an answer: nobody would hear it.
 */
public final class DialogMain {
  /** The streams themselves: nothing that the JDK prints gets between the agent and the answer. */
  private static final PrintStream OUT = System.out;

  private static final AtomicBoolean ANSWERED = new AtomicBoolean();

  private DialogMain() {
  }

  public static void main(String[] args) throws IOException {
    System.setOut(System.err);
    InputStream in = System.in;
    Request request = Request.read(new DataInputStream(in));
    var watch = new Thread(() -> endWith(in), "input");
    watch.setDaemon(true);
    watch.start();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> fail(failure));
    // Words on buttons are English, whatever the account speaks: half a translation would be worse than none.
    Locale.setDefault(Locale.ENGLISH);
    try {
      Look.prepare();
      SwingUtilities.invokeLater(() -> Show.begin(request, DialogMain::reply));
    } catch (HeadlessException | AWTError | LinkageError e) {
      fail(e);
    }
  }

  private static void reply(Replies.Way way, Answer answer) {
    say(way.word() + " " + answer.word(), 0);
  }

  private static void fail(Throwable failure) {
    String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    say("failed " + why.replace('\n', ' '), 1);
  }

  private static void say(String line, int exitCode) {
    if (ANSWERED.compareAndSet(false, true)) {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
      OUT.write(bytes, 0, bytes.length);
      OUT.flush();
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private static void endWith(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      fail(e);
    }
    Runtime.getRuntime().halt(0);
  }
}
