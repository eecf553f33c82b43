package dev.sallyport.server.access;

import java.util.Arrays;
import java.util.Optional;

/** The classes of action a role may hold (security core, C.1); every route, action and operation belongs to exactly one. */
public enum ActionClass {
  /** Inventory, status, history. */
  READ("read"),
  /** Services, reboot, messages to the user. */
  ACT("act"),
  /** Commands and scripts. */
  EXEC("exec"),
  /** Files from a machine. */
  FILE_GET("file.get"),
  /** Files to a machine. */
  FILE_PUT("file.put"),
  /** Registry values. */
  REGISTRY_SET("registry.set"),
  /** Screen, keyboard and mouse. */
  DESKTOP("desktop"),
  /** Libraries loaded into agents. */
  PLUGIN("plugin"),
  /** Agent and server software. */
  UPDATE("update"),
  /** Enrolment, approval of machines, site rules. */
  POLICY("policy"),
  /** Devices behind an agent. */
  PROXY("proxy"),
  /** Other people's accounts and their roles. */
  ACCESS("access");

  private final String word;

  ActionClass(String word) {
    this.word = word;
  }

  /** The word used on the wire, in the API and in documents. */
  public String word() {
    return word;
  }

  /** The class of that word, if there is one. */
  public static Optional<ActionClass> ofWord(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
  }
}
