package dev.sallyport.server.action.user;

import java.time.Duration;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.UserOperation;
import dev.sallyport.server.action.Parameter;

/** The parameters that a message and a question have in common. */
final class Words {
  static final Parameter TEXT = new Parameter.Text("text",
      "What is shown: plain text of one or more lines, at most 4000 characters.", true,
      UserOperation.Words.MAX_TEXT_LENGTH, true);
  static final Parameter TITLE = new Parameter.Text("title", "A few words above it.", false,
      UserOperation.Words.MAX_TITLE_LENGTH,
      false);

  private static final String MINUTES = "minutes";

  private Words() {
  }

  static Parameter user(String description) {
    return new Parameter.Text("user", description, false, UserOperation.Words.MAX_USER_LENGTH, false);
  }

  static Parameter minutes(String description, int usual) {
    return new Parameter.Whole(MINUTES, description, false, 1, UserOperation.Words.MAX_TIME.toMinutes(), usual);
  }

  /**
   * Returns what the operation says.
   *
   * @param limit the directive's time limit: nothing stays longer
   */
  static UserOperation.Words of(JsonObject parameters, Duration limit) {
    Duration time = Duration.ofMinutes(parameters.integer(MINUTES, 1, UserOperation.Words.MAX_TIME.toMinutes()));
    return new UserOperation.Words(parameters.string(TITLE.name(), "").strip(), lines(parameters.string(TEXT.name())),
        parameters.string("user", "").strip(), time.compareTo(limit) < 0 ? time : limit);
  }

  /** Forms and files of Windows end their lines in their own way. */
  private static String lines(String text) {
    return text.replace("\r\n", "\n").strip();
  }
}
