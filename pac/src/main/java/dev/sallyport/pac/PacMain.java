package dev.sallyport.pac;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/**
 * Reads a question from standard input and writes the answer to standard output.
 *
 * <pre>
 * question: length (4 bytes) script | length (4) url | length (4) host, all in UTF-8
 * answer:   'R' result  or  'E' what is wrong, in UTF-8, up to the end
 * </pre>
 */
public final class PacMain {
  /** Most bytes of a script. */
  static final int MAX_SCRIPT_BYTES = 1 << 20;
  /** Most bytes of a URL or a host name. */
  static final int MAX_NAME_BYTES = 4_096;
  /** Most characters of an answer. */
  static final int MAX_ANSWER_LENGTH = 4_096;

  /** Whoever asked gives up a little later and ends this process. */
  static final Duration TIME = Duration.ofSeconds(5);

  private PacMain() {
  }

  public static void main(String[] args) throws IOException {
    answer(System.in, System.out);
  }

  static void answer(InputStream question, OutputStream answer) throws IOException {
    var in = new DataInputStream(question);
    String script = text(in, MAX_SCRIPT_BYTES);
    String url = text(in, MAX_NAME_BYTES);
    String host = text(in, MAX_NAME_BYTES);
    answer.write(evaluate(script, url, host).getBytes(StandardCharsets.UTF_8));
    answer.flush();
  }

  private static String evaluate(String script, String url, String host) {
    var functions = new PacFunctions(new SystemNames(), Clock.system(ZoneId.systemDefault()));
    try {
      String result = new Sandbox(functions, TIME).findProxy(script, url, host);
      return result.length() > MAX_ANSWER_LENGTH
          ? "Eit returns more than " + MAX_ANSWER_LENGTH + " characters"
          : "R" + result;
    } catch (ScriptFailure e) {
      String why = String.valueOf(e.getMessage());
      return "E" + why.substring(0, Math.min(why.length(), MAX_ANSWER_LENGTH));
    }
  }

  private static String text(DataInputStream in, int maxBytes) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > maxBytes) {
      throw new IOException("a text of " + length + " bytes is beyond the limit of " + maxBytes);
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
