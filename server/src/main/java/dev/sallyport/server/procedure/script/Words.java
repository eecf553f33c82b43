package dev.sallyport.server.procedure.script;

import java.util.List;
import java.util.Map;

/** Every word of the language, in one place; the published schema is tested against it. */
final class Words {
  static final String DESCRIPTION = "description";
  static final String INPUTS = "inputs";
  static final String STEPS = "steps";

  static final String TYPE = "type";
  static final String DEFAULT = "default";
  static final String CHOICES = "choices";

  static final String ACTION = "action";
  static final String WITH = "with";
  static final String AS = "as";
  static final String ON_ERROR = "on-error";
  static final String SET = "set";
  static final String IF = "if";
  static final String THEN = "then";
  static final String ELSE = "else";
  static final String FOR = "for";
  static final String IN = "in";
  static final String DO = "do";
  static final String FAIL = "fail";
  static final String RETURN = "return";

  static final String STOP = "stop";
  static final String CONTINUE = "continue";

  /** Of a procedure. */
  static final List<String> PROCEDURE = List.of(DESCRIPTION, INPUTS, STEPS);
  /** Of an input. */
  static final List<String> INPUT = List.of(TYPE, DESCRIPTION, DEFAULT, CHOICES);
  /** Of the steps, by the word that tells which it is. */
  static final Map<String, List<String>> BY_STEP = Map.of(
      ACTION, List.of(ACTION, WITH, AS, ON_ERROR),
      SET, List.of(SET),
      IF, List.of(IF, THEN, ELSE),
      FOR, List.of(FOR, IN, DO),
      FAIL, List.of(FAIL),
      RETURN, List.of(RETURN));
  /** The words that tell which step it is, as people are told of them. */
  static final List<String> STEP_KINDS = List.of(ACTION, SET, IF, FOR, FAIL, RETURN);

  private Words() {
  }
}
