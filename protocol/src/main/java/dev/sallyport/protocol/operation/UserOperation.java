package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** Talking to whoever sits at the machine (mission row K8). */
public sealed interface UserOperation extends Operation {
  /** The time limit of those that wait for a person. */
  Duration TIME_LIMIT = Duration.ofHours(24);

  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Sessions.DESCRIPTION, Message.DESCRIPTION, Notice.DESCRIPTION, Ask.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static UserOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Sessions.NAME -> Sessions.decode(arguments);
      case Message.NAME -> new Message(Words.fromJson(arguments, Message.USUAL_TIME));
      case Notice.NAME -> new Notice(Words.fromJson(arguments, Notice.USUAL_TIME));
      case Ask.NAME -> new Ask(Words.fromJson(arguments, Ask.USUAL_TIME));
      default -> throw Operations.unknown();
    };
  }

  private static OperationDescription describe(String name) {
    return OperationDescription.changing(name, ActionClass.ACT).within(TIME_LIMIT);
  }

  /**
   * What is said to whoever sits at the machine. It is plain text: nothing in it is mark-up, and what could show one text and mean another
   * (control characters, direction overrides) is refused.
   *
   * @param title a few words above the text; empty for the usual ones
   * @param text one or more lines, joined by line feeds; tabs are allowed, too
   * @param user the name of the account that is meant; empty for whoever is there
   * @param time how long it stays, in whole milliseconds from {@link #MIN_TIME} to {@link #MAX_TIME}
   */
  record Words(String title, String text, String user, Duration time) {
    /** Most characters of the title. */
    public static final int MAX_TITLE_LENGTH = 100;

    /** Most characters of the text. */
    public static final int MAX_TEXT_LENGTH = 4000;

    /** Most characters of an account's name. */
    public static final int MAX_USER_LENGTH = 256;

    /** Nobody reads faster. */
    public static final Duration MIN_TIME = Duration.ofSeconds(1);

    /** Nobody sits longer; leaves an hour of the day for the operation's own time limit. */
    public static final Duration MAX_TIME = Duration.ofHours(23);

    /** Checks. */
    public Words {
      PlainText.require("title", title, MAX_TITLE_LENGTH);
      if (text.isBlank()) {
        throw new ProtocolException("text: must not be empty");
      }
      PlainText.require("text", text.replace('\n', ' ').replace('\t', ' '), MAX_TEXT_LENGTH);
      PlainText.require("user", user, MAX_USER_LENGTH);
      if (time.compareTo(MIN_TIME) < 0 || time.compareTo(MAX_TIME) > 0 || !Limits.inMillis(time)) {
        throw new ProtocolException("timeMs: expected " + MIN_TIME.toMillis() + " to " + MAX_TIME.toMillis()
            + " milliseconds, found " + time.toMillis());
      }
    }

    JsonObject toJson() {
      var json = JsonObject.builder();
      if (!title.isEmpty()) {
        json.put("title", title);
      }
      json.put("text", text);
      if (!user.isEmpty()) {
        json.put("user", user);
      }
      return json.put("timeMs", time.toMillis()).build();
    }

    static Words fromJson(JsonObject json, Duration usual) {
      json.onlyFields("title", "text", "user", "timeMs");
      return new Words(json.string("title", "", MAX_TITLE_LENGTH), json.string("text", MAX_TEXT_LENGTH),
          json.string("user", "", MAX_USER_LENGTH),
          Duration.ofMillis(
              json.integer("timeMs", MIN_TIME.toMillis(), MAX_TIME.toMillis(), usual.toMillis())));
    }
  }

  /** Who is logged in where, at screens and terminals. */
  record Sessions() implements UserOperation {
    static final String NAME = "user.sessions";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.EMPTY;
    }

    static Sessions decode(JsonObject arguments) {
      arguments.onlyFields();
      return new Sessions();
    }
  }

  /** A message at once: a window that stays until it is read or its time is over. */
  record Message(Words words) implements UserOperation {
    static final String NAME = "user.message";
    static final OperationDescription DESCRIPTION = describe(NAME);
    static final Duration USUAL_TIME = Duration.ofHours(1);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return words.toJson();
    }
  }

  /** A message behind an icon that flashes in the system tray until somebody clicks it. */
  record Notice(Words words) implements UserOperation {
    static final String NAME = "user.notice";
    static final OperationDescription DESCRIPTION = describe(NAME);
    static final Duration USUAL_TIME = Duration.ofHours(8);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return words.toJson();
    }
  }

  /** A question to be answered with yes or no; it goes to one session. */
  record Ask(Words words) implements UserOperation {
    static final String NAME = "user.ask";
    static final OperationDescription DESCRIPTION = describe(NAME);
    static final Duration USUAL_TIME = Duration.ofMinutes(5);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return words.toJson();
    }
  }
}
