package dev.sallyport.operation.user;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What came of a window. The program that showed it ran as whoever sat there, so all of it is that account's word.
 *
 * @param shown how it was shown: {@code window}, {@code tray} or {@code button}; empty if it was not
 * @param answer one of those that the request allows; empty if it was not shown
 * @param reason for people, why it was not shown; or empty
 */
record DialogAnswer(String shown, String answer, String reason) {
  /** Most bytes that are listened to. */
  static final int MAX_BYTES = 1024;

  private static final int MAX_REASON_LENGTH = 300;
  private static final Set<String> WAYS = Set.of("window", "tray", "button");
  private static final String FAILED = "failed ";

  static DialogAnswer not(String reason) {
    return new DialogAnswer("", "", reason);
  }

  /** Makes of it what it means, and of anything unknown that it was not shown. */
  static DialogAnswer of(DialogRequest request, SystemTool.Answer.Ended ended) {
    String said = new String(ended.output().toArray(), StandardCharsets.UTF_8).strip();
    if (said.startsWith(FAILED)) {
      return not("the window could not be shown: " + plain(said.substring(FAILED.length())));
    }
    String[] words = said.split(" ", -1);
    if (ended.code() == 0 && words.length == 2 && WAYS.contains(words[0]) && request.kind().allows(words[1])) {
      return new DialogAnswer(words[0], words[1], "");
    }
    return not("the program that shows windows broke off (exit code " + ended.code() + "): "
        + plain(ended.complaint().isEmpty() ? said : ended.complaint()));
  }

  boolean wasShown() {
    return reason.isEmpty();
  }

  JsonObject toJson(UserSession session) {
    var json = session.named();
    return (wasShown() ? json.put("shown", shown).put("answer", answer) : json.put("reason", reason)).build();
  }

  private static String plain(String text) {
    return PlainText.clean(text.replace('\n', ' ').strip(), MAX_REASON_LENGTH);
  }
}
