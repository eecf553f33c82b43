package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sallyport.protocol.OsText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** What the operating system and its services have noted. */
public sealed interface EventOperation extends Operation {
  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Read.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static EventOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Read.NAME -> Read.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  /** How grave an event is, as syslog has it (RFC 5424 section 6.2.1), the gravest first. */
  enum Level {
    /** The system is unusable. */
    EMERG(0, "emerg"),
    /** Something must be done at once. */
    ALERT(1, "alert"),
    /** Critical. */
    CRIT(2, "crit"),
    /** An error. */
    ERR(3, "err"),
    /** A warning. */
    WARNING(4, "warning"),
    /** Normal, but of note. */
    NOTICE(5, "notice"),
    /** For information. */
    INFO(6, "info"),
    /** For those who look for faults. */
    DEBUG(7, "debug");

    private static final Level[] ALL = values();

    private final int code;
    private final String word;

    Level(int code, String word) {
      this.code = code;
      this.word = word;
    }

    /** Returns its number in syslog. */
    public int code() {
      return code;
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
    public static Level ofWord(String word) {
      for (Level level : ALL) {
        if (level.word.equals(word)) {
          return level;
        }
      }
      throw new ProtocolException("expected a level: emerg, alert, crit, err, warning, notice, info, debug");
    }
  }

  /**
   * The newest events that are as asked for, the newest first.
   *
   * @param since not older than this, in whole milliseconds
   * @param until not newer than this, in whole milliseconds
   * @param source the unit of systemd, the program, or the provider of Windows that noted it; empty for all
   * @param level not less grave than this; {@link Level#DEBUG} for all
   * @param text what must stand in it, in any case; empty for all
   * @param limit most events, 1 to {@link #MAX_EVENTS}
   */
  record Read(Instant since, Instant until, String source, Level level, String text, int limit)
      implements
        EventOperation {
    /** Most events in an answer. */
    public static final int MAX_EVENTS = 1000;

    /** Most bytes of a source or a text in UTF-8. */
    public static final int MAX_FILTER_BYTES = 1024;

    static final String NAME = "eventlog.read";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ)
        .within(Duration.ofMinutes(2)).on(Platform.LINUX, Platform.WINDOWS);

    private static final int USUAL_LIMIT = 100;
    private static final int MAX_WORD_LENGTH = 16;

    /** Checks. */
    public Read {
      if (since.isBefore(Instant.EPOCH) || until.isAfter(JsonObject.MAX_INSTANT)) {
        throw new ProtocolException("since and until: expected times from 1970 to 9999");
      }
      OsText.require("source", source, MAX_FILTER_BYTES);
      OsText.require("text", text, MAX_FILTER_BYTES);
      if (limit < 1 || limit > MAX_EVENTS) {
        throw new ProtocolException("limit: expected 1 to " + MAX_EVENTS + ", found " + limit);
      }
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("sinceMs", since).put("untilMs", until).put("source", source)
          .put("level", level.word()).put("text", text).put("limit", limit).build();
    }

    static Read decode(JsonObject arguments) {
      arguments.onlyFields("sinceMs", "untilMs", "source", "level", "text", "limit");
      return new Read(arguments.has("sinceMs") ? arguments.instant("sinceMs") : Instant.EPOCH,
          arguments.has("untilMs") ? arguments.instant("untilMs") : JsonObject.MAX_INSTANT,
          arguments.string("source", "", MAX_FILTER_BYTES),
          Level.ofWord(arguments.string("level", "debug", MAX_WORD_LENGTH)),
          arguments.string("text", "", MAX_FILTER_BYTES),
          (int) arguments.integer("limit", 1, MAX_EVENTS, USUAL_LIMIT));
    }
  }
}
