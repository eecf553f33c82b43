package dev.sallyport.agent.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.proxy.pac.ScriptAnswer;
import dev.sallyport.transport.proxy.pac.ScriptRunner;

/**
 * Evaluates proxy scripts in a Java process of its own, which lives for one question. It has little memory and little time, no environment
 * of the agent's, and is the only place where the interpreter is ever loaded.
 */
public final class ScriptProcess implements ScriptRunner {
  /** The class path of the evaluator, set by the program that starts the agent. */
  static final String CLASS_PATH = "sallyport.pac";

  /** From start to end; the evaluator itself ends a script after 5 s. */
  static final Duration TIME = Duration.ofSeconds(10);

  private static final String PROGRAM = "dev.sallyport.pac.PacMain";
  /** The first byte says what follows; a character has at most 4. */
  private static final int MAX_BYTES = 1 + 4 * ScriptAnswer.MAX_LENGTH;
  private static final int OUT_OF_MEMORY = 3;
  private static final int MAX_QUOTED = 200; // characters

  private final String classPath;
  private final Duration time;

  /** @param classPath where the evaluator is; empty if there is none */
  public ScriptProcess(String classPath) {
    this(classPath, TIME);
  }

  ScriptProcess(String classPath, Duration time) {
    this.classPath = classPath;
    this.time = time;
  }

  /** The one that was packaged with this agent. */
  public static ScriptProcess packaged() {
    return new ScriptProcess(System.getProperty(CLASS_PATH, ""));
  }

  @Override
  public String run(byte[] script, String url, String host) throws IOException {
    if (classPath.isEmpty()) {
      throw new IOException("this agent was packaged without the evaluator of proxy scripts (lib/pac)");
    }
    Child.Ended ended = Child.ofJava(PROGRAM, classPath, List.of(), Map.of(), time, MAX_BYTES)
        .run(question(script, url, host));
    String said = new String(ended.output(), StandardCharsets.UTF_8);
    if (ended.code() == OUT_OF_MEMORY) {
      throw new IOException("it needs more memory than the " + Child.JAVA_HEAP_MIB + " MiB it may");
    }
    if (ended.code() != 0 || said.isEmpty()) {
      throw new IOException("its evaluator broke off (exit code " + ended.code() + ")");
    }
    if (said.charAt(0) != 'R') {
      throw new IOException(PlainText.clean(said.substring(1), MAX_QUOTED));
    }
    return said.substring(1);
  }

  private static byte[] question(byte[] script, String url, String host) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    for (byte[] part : new byte[][]{script, url.getBytes(StandardCharsets.UTF_8),
        host.getBytes(StandardCharsets.UTF_8)}) {
      out.writeInt(part.length);
      out.write(part);
    }
    return bytes.toByteArray();
  }
}
