package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What an agent says about an operation it can do.
 *
 * @param name as in {@link Operation#name}, at most {@link #MAX_NAME_LENGTH} characters
 * @param version of the arguments and the result, from 1
 * @param effect whether it may change the machine
 * @param privilege what it needs from the operating system
 * @param actionClass the class of rights it falls under
 * @param timeLimit longest run time the agent grants
 * @param outputLimit most output bytes the agent keeps
 * @param platforms where it works
 */
public record OperationDescription(String name, int version, Effect effect, Privilege privilege,
    ActionClass actionClass, Duration timeLimit, long outputLimit, Set<Platform> platforms) {
  /** Most characters of an operation's name. */
  public static final int MAX_NAME_LENGTH = 64;

  /** A look at the machine takes milliseconds; a device that hangs must not hang its reader for ever. */
  static final Duration USUAL_TIME_LIMIT = Duration.ofSeconds(30);

  private static final int MAX_WORD_LENGTH = 32;

  /** What an operation needs from the operating system. */
  public enum Privilege {
    /** Any account will do. */
    ORDINARY("ordinary"),
    /** Needs root, SYSTEM or an administrator. */
    ELEVATED("elevated");

    private final String word;

    Privilege(String word) {
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
    public static Privilege ofWord(String word) {
      return switch (word) {
        case "ordinary" -> ORDINARY;
        case "elevated" -> ELEVATED;
        default -> throw new ProtocolException("expected a privilege: ordinary, elevated");
      };
    }
  }

  /** Copies and checks. */
  public OperationDescription {
    PlainText.requireNonEmpty("operation name", name, MAX_NAME_LENGTH);
    if (version < 1) {
      throw new ProtocolException("operation version: expected at least 1, found " + version);
    }
    if (timeLimit.isNegative() || timeLimit.compareTo(Limits.MAX_TIME) > 0 || !Limits.inMillis(timeLimit)) {
      throw new ProtocolException("operation time limit: expected whole milliseconds up to 24 h");
    }
    if (outputLimit < 0 || outputLimit > Limits.MAX_OUTPUT_BYTES) {
      throw new ProtocolException("operation output limit: expected 0 to " + Limits.MAX_OUTPUT_BYTES + " bytes");
    }
    if (platforms.isEmpty()) {
      throw new ProtocolException("operation platforms: expected at least one");
    }
    platforms = Collections.unmodifiableSet(EnumSet.copyOf(platforms));
  }

  /** Declares an operation that only looks, by the usual: version 1, any account, 30 s, no output, Linux. */
  static OperationDescription looking(String name, ActionClass actionClass) {
    return usual(name, Effect.READ, actionClass);
  }

  /** Declares an operation that may change something, by the usual. */
  static OperationDescription changing(String name, ActionClass actionClass) {
    return usual(name, Effect.CHANGE, actionClass);
  }

  private static OperationDescription usual(String name, Effect effect, ActionClass actionClass) {
    return new OperationDescription(name, 1, effect, Privilege.ORDINARY, actionClass, USUAL_TIME_LIMIT, 0,
        EnumSet.of(Platform.LINUX));
  }

  OperationDescription elevated() {
    return new OperationDescription(name, version, effect, Privilege.ELEVATED, actionClass, timeLimit, outputLimit,
        platforms);
  }

  OperationDescription within(Duration limit) {
    return new OperationDescription(name, version, effect, privilege, actionClass, limit, outputLimit, platforms);
  }

  OperationDescription output(long bytes) {
    return new OperationDescription(name, version, effect, privilege, actionClass, timeLimit, bytes, platforms);
  }

  OperationDescription on(Platform first, Platform... rest) {
    return new OperationDescription(name, version, effect, privilege, actionClass, timeLimit, outputLimit,
        EnumSet.of(first, rest));
  }

  /** Returns the form it travels in. */
  public JsonObject toJson() {
    List<String> words = new ArrayList<>();
    for (Platform platform : platforms) {
      words.add(platform.word());
    }
    return JsonObject.builder().put("name", name).put("version", version).put("effect", effect.word())
        .put("privilege", privilege.word()).put("class", actionClass.word()).put("timeLimitMs", timeLimit.toMillis())
        .put("outputLimit", outputLimit).putStrings("platforms", words).build();
  }

  /**
   * Reads the form it travels in.
   *
   * @throws ProtocolException if it is anything else
   */
  public static OperationDescription fromJson(JsonObject json) {
    json.onlyFields("name", "version", "effect", "privilege", "class", "timeLimitMs", "outputLimit", "platforms");
    Set<Platform> platforms = EnumSet.noneOf(Platform.class);
    for (String word : json.strings("platforms", Platform.values().length, MAX_WORD_LENGTH)) {
      platforms.add(Platform.ofWord(word));
    }
    return new OperationDescription(json.string("name", MAX_NAME_LENGTH),
        (int) json.integer("version", 1, Integer.MAX_VALUE), Effect.ofWord(json.string("effect", MAX_WORD_LENGTH)),
        Privilege.ofWord(json.string("privilege", MAX_WORD_LENGTH)),
        ActionClass.ofWord(json.string("class", MAX_WORD_LENGTH)),
        Duration.ofMillis(json.integer("timeLimitMs", 0, Limits.MAX_TIME.toMillis())),
        json.integer("outputLimit", 0, Limits.MAX_OUTPUT_BYTES), platforms);
  }
}
