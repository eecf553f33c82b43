package dev.sallyport.operation.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.protocol.operation.EventOperation;
import dev.sallyport.protocol.operation.Outcome;

/** The journal of systemd, through {@code journalctl -o json}: an object in a line, see systemd.journal-fields(7). */
final class Journal implements EventLog {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Most bytes of the journal that are looked through for one answer. */
  private static final int MAX_BYTES = 8 << 20;

  /** Most entries that are looked through for a text. */
  private static final int MAX_SEARCHED = 20_000;

  private static final String FIELDS = "MESSAGE,PRIORITY,_SYSTEMD_UNIT,SYSLOG_IDENTIFIER,__REALTIME_TIMESTAMP";
  private static final JsonLimits LINE = JsonLimits.ofBytes(MAX_BYTES);

  private final SystemTool tool;
  private final List<String> program;

  /**
   * @param program the tool, with what stands before its arguments
   */
  Journal(SystemTool tool, List<String> program) {
    this.tool = tool;
    this.program = List.copyOf(program);
  }

  @Override
  public Ending read(EventOperation.Read read, OperationContext context) {
    if (!SystemTool.isThere(program.getFirst())) {
      return Ending.without(Outcome.UNSUPPORTED, "this machine has no journal");
    }
    return switch (tool.run(argv(read), Map.of(), LIMIT, MAX_BYTES, context)) {
      case SystemTool.Answer.Not(Ending ending) -> ending;
      case SystemTool.Answer.Ended ended when ended.code() != 0 && ended.output().isEmpty() ->
        Ending.without(Outcome.UNSUPPORTED, "this machine's journal cannot be read: " + ended.complaint());
      case SystemTool.Answer.Ended ended -> answer(ended, read);
    };
  }

  /** Every filter is joined to its option by an equals sign, so that none can be taken for another option. */
  private List<String> argv(EventOperation.Read read) {
    List<String> argv = new ArrayList<>(program);
    int count = read.text().isEmpty() ? read.limit() + 1 : MAX_SEARCHED;
    argv.addAll(List.of("--output=json", "--output-fields=" + FIELDS, "--all", "--no-pager", "--quiet", "--reverse",
        "--lines=" + count));
    if (read.level() != EventOperation.Level.DEBUG) {
      argv.add("--priority=" + read.level().code());
    }
    if (read.since().isAfter(Instant.EPOCH)) {
      argv.add("--since=@" + read.since().getEpochSecond());
    }
    if (read.until().isBefore(JsonObject.MAX_INSTANT)) {
      argv.add("--until=@" + (read.until().getEpochSecond() + 1));
    }
    if (!read.source().isEmpty()) {
      argv.add("--unit=" + read.source());
    }
    return argv;
  }

  private static Ending answer(SystemTool.Answer.Ended ended, EventOperation.Read read) {
    List<Event> events = new ArrayList<>();
    byte[] output = ended.output().toArray();
    boolean more = !ended.whole();
    int from = 0;
    int entries = 0;
    for (int at = 0; at < output.length; at++) {
      if (output[at] == '\n') {
        add(Bytes.of(java.util.Arrays.copyOfRange(output, from, at)), read, events);
        from = at + 1;
        entries++;
      }
    }
    return EventLog.answer("journald", events, more || entries >= MAX_SEARCHED, read);
  }

  /** An entry that is not like the others is left out; somebody may have written it on purpose. */
  private static void add(Bytes line, EventOperation.Read read, List<Event> events) {
    Event event;
    try {
      JsonObject json = Json.parseObject(line.toArray(), LINE);
      String unit = text(json, "_SYSTEMD_UNIT");
      event = new Event(Instant.ofEpochMilli(number(text(json, "__REALTIME_TIMESTAMP")) / 1000),
          unit.isEmpty() ? text(json, "SYSLOG_IDENTIFIER") : unit, level(text(json, "PRIORITY")),
          text(json, "MESSAGE"));
    } catch (ProtocolException e) {
      return;
    }
    if (event.isAskedFor(read)) {
      events.add(event);
    }
  }

  private static String level(String priority) {
    for (EventOperation.Level level : EventOperation.Level.values()) {
      if (Integer.toString(level.code()).equals(priority)) {
        return level.word();
      }
    }
    return "";
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new ProtocolException("expected a number");
    }
  }

  /** Text is a string; bytes that are no text come as an array of numbers, and what was noted twice as an array of both. */
  private static String text(JsonObject json, String field) {
    if (json.isNone(field)) {
      return "";
    }
    Json value = json.get(field);
    if (value instanceof JsonArray array && array.size() > 0 && array.get(0) instanceof JsonNumber) {
      byte[] bytes = new byte[array.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = array.get(i) instanceof JsonNumber.Whole(long number) ? (byte) number : 0;
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
    Json one = value instanceof JsonArray array && array.size() > 0 ? array.get(0) : value;
    return one instanceof JsonString(String text) ? text : "";
  }
}
