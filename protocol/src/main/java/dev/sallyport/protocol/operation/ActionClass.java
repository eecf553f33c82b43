package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.ProtocolException;

/** The kinds of work that rights are given for: a permission is role × class × machines. */
public enum ActionClass {
  /** Inventory and status. */
  READ("read"),
  /** Services, reboot, messages. */
  ACT("act"),
  /** Commands, scripts and programs. */
  EXEC("exec"),
  /** Reading the content of files. */
  FILE_GET("file.get"),
  /** Writing, renaming and deleting files. */
  FILE_PUT("file.put"),
  /** Changing the Windows registry. */
  REGISTRY_SET("registry.set"),
  /** Seeing and using a user's screen. */
  DESKTOP("desktop"),
  /** Loading libraries into the agent. */
  PLUGIN("plugin"),
  /** Replacing the agent. */
  UPDATE("update"),
  /** Changing what the agent permits. */
  POLICY("policy"),
  /** Reaching devices behind the agent. */
  PROXY("proxy");

  private final String word;

  ActionClass(String word) {
    this.word = word;
  }

  /** Returns the word on the wire. */
  public String word() {
    return word;
  }

  /**
   * Returns the constant with this word.
   *
   * @throws ProtocolException if there is none
   */
  public static ActionClass ofWord(String word) {
    return switch (word) {
      case "read" -> READ;
      case "act" -> ACT;
      case "exec" -> EXEC;
      case "file.get" -> FILE_GET;
      case "file.put" -> FILE_PUT;
      case "registry.set" -> REGISTRY_SET;
      case "desktop" -> DESKTOP;
      case "plugin" -> PLUGIN;
      case "update" -> UPDATE;
      case "policy" -> POLICY;
      case "proxy" -> PROXY;
      default -> throw new ProtocolException(
          "expected an action class: read, act, exec, file.get, file.put, registry.set, desktop, plugin, update, policy, proxy");
    };
  }
}
