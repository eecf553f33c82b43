package dev.sallyport.server.procedure.script;

/** Names of actions that the language knows of. */
public final class ActionNames {
  /** The action that runs a procedure. */
  public static final String PROCEDURE = "procedure";

  private ActionNames() {
  }
}
