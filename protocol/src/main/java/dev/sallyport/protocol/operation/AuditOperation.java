package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.OsText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.audit.SectionDigest;
import dev.sallyport.protocol.json.JsonObject;

/** Takes stock of the machine. */
public sealed interface AuditOperation extends Operation {
  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Take.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static AuditOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Take.NAME -> Take.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  /**
   * Audits one section. Output is the changes from the state that {@code base} names, or all items if the agent does not know that state any
   * more; lines of JSON, compressed with gzip (RFC 1952). By naming a base the server also says that it holds that state durably.
   *
   * @param base {@link dev.sallyport.protocol.audit.AuditSummary#digest} of the state the asker has; empty if it has none
   * @param patterns which files, for {@link AuditSection#FILES} alone: 1 to {@link #MAX_PATTERNS} absolute paths in which {@code *} stands
   *   for any characters of a name, {@code ?} for one, and {@code **} as a name, once, for any directories
   */
  record Take(AuditSection section, String base, List<String> patterns) implements AuditOperation {
    /** Most patterns. */
    public static final int MAX_PATTERNS = 32;

    /** Most bytes of a pattern in UTF-8. */
    public static final int MAX_PATTERN_BYTES = 1024;

    static final String NAME = "audit.take";

    /** Far more than what fits a section takes when it is compressed. */
    private static final int MAX_OUTPUT_BYTES = 20 << 20;

    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ)
        .within(Duration.ofMinutes(10)).output(MAX_OUTPUT_BYTES);

    /** Copies and checks. */
    public Take {
      if (!base.isEmpty()) {
        SectionDigest.require("base", base);
      }
      patterns = List.copyOf(patterns);
      if (patterns.isEmpty() == (section == AuditSection.FILES) || patterns.size() > MAX_PATTERNS) {
        throw new ProtocolException("patterns: expected 1 to " + MAX_PATTERNS
            + " for the section files, and none for others");
      }
      for (int i = 0; i < patterns.size(); i++) {
        requirePattern("patterns[" + i + "]", patterns.get(i));
      }
    }

    private static void requirePattern(String what, String pattern) {
      OsText.requireNonEmpty(what, pattern, MAX_PATTERN_BYTES);
      int deep = 0;
      for (String name : pattern.split("/", -1)) {
        if (name.equals(".") || name.equals("..")) {
          throw new ProtocolException(what + ": must not contain . or .. as a name");
        }
        deep += name.equals("**") ? 1 : 0;
      }
      if (pattern.charAt(0) != '/' || pattern.endsWith("/") || pattern.contains("//")) {
        throw new ProtocolException(what + ": expected an absolute path, for example /etc/**/*.conf");
      }
      if (deep > 1) {
        throw new ProtocolException(what + ": ** may stand in it once");
      }
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      var json = JsonObject.builder().put("section", section.word());
      if (!base.isEmpty()) {
        json.put("base", base);
      }
      if (!patterns.isEmpty()) {
        json.putStrings("patterns", patterns);
      }
      return json.build();
    }

    static Take decode(JsonObject arguments) {
      arguments.onlyFields("section", "base", "patterns");
      return new Take(AuditSection.ofWord(arguments.string("section", AuditSection.MAX_WORD_LENGTH)),
          arguments.string("base", "", SectionDigest.TEXT_LENGTH),
          arguments.has("patterns") ? arguments.strings("patterns", MAX_PATTERNS, MAX_PATTERN_BYTES) : List.of());
    }
  }
}
