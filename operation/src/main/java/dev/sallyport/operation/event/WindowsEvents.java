package dev.sallyport.operation.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.EventOperation;
import dev.sallyport.protocol.operation.EventOperation.Level;
import dev.sallyport.protocol.operation.Outcome;

/** The System log of Windows, through {@code wevtutil}, which writes one {@code Event} element after the other. */
final class WindowsEvents implements EventLog {
  private static final String PROGRAM = "C:\\Windows\\System32\\wevtutil.exe";
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_SEARCHED = 5000;

  private final SystemTool tool;

  WindowsEvents(SystemTool tool) {
    this.tool = tool;
  }

  @Override
  public Ending read(EventOperation.Read read, OperationContext context) {
    if (read.source().indexOf('\'') >= 0 || read.source().indexOf('"') >= 0) {
      return Ending.without(Outcome.FAILED, "no provider of events has a quotation mark in its name");
    }
    return switch (tool.run(argv(read), Map.of(), LIMIT, MAX_BYTES, context)) {
      case SystemTool.Answer.Not(Ending ending) -> ending;
      case SystemTool.Answer.Ended ended when ended.code() != 0 -> ended.failed("the event log could not be read");
      case SystemTool.Answer.Ended ended -> {
        List<Event> all = parse(new String(ended.output().toArray(), StandardCharsets.UTF_16LE));
        List<Event> events = all.stream().filter(event -> event.isAskedFor(read)).toList();
        yield EventLog.answer("System", events, !ended.whole() || all.size() >= MAX_SEARCHED, read);
      }
    };
  }

  static List<String> argv(EventOperation.Read read) {
    int count = read.text().isEmpty() ? read.limit() + 1 : MAX_SEARCHED;
    return List.of(PROGRAM, "qe", "System", "/q:" + query(read), "/c:" + count, "/rd:true", "/f:RenderedXml",
        "/uni:true");
  }

  /** In the words of XPath that the log understands. */
  private static String query(EventOperation.Read read) {
    List<String> parts = new ArrayList<>();
    parts.add("TimeCreated[@SystemTime>='" + read.since() + "' and @SystemTime<='"
        + (read.until().equals(JsonObject.MAX_INSTANT) ? "9999-12-31T23:59:59.999Z" : read.until()) + "']");
    if (!read.source().isEmpty()) {
      parts.add("Provider[@Name='" + read.source() + "']");
    }
    int level = levelOf(read.level());
    if (level < 5) {
      parts.add("(Level>=1 and Level<=" + level + ")");
    }
    return "*[System[" + String.join(" and ", parts) + "]]";
  }

  /** Windows knows critical, error, warning, information, verbose: 1 to 5. */
  private static int levelOf(Level level) {
    return switch (level) {
      case EMERG, ALERT, CRIT -> 1;
      case ERR -> 2;
      case WARNING -> 3;
      case NOTICE, INFO -> 4;
      case DEBUG -> 5;
    };
  }

  private static String wordOf(String level) {
    return switch (level) {
      case "1" -> Level.CRIT.word();
      case "2" -> Level.ERR.word();
      case "3" -> Level.WARNING.word();
      case "5" -> Level.DEBUG.word();
      default -> Level.INFO.word();
    };
  }

  /** Reads what the tool writes. No general reader of XML is needed, and none that follows references is wanted. */
  static List<Event> parse(String xml) {
    List<Event> events = new ArrayList<>();
    int from = xml.indexOf("<Event ");
    while (from >= 0) {
      int end = xml.indexOf("</Event>", from);
      if (end < 0) {
        break;
      }
      event(xml.substring(from, end)).ifPresent(events::add);
      from = xml.indexOf("<Event ", end);
    }
    return events;
  }

  private static Optional<Event> event(String xml) {
    String message = content(xml, "Message");
    if (message.isEmpty()) {
      message = data(xml);
    }
    try {
      Instant at = Instant.parse(attribute(xml, "TimeCreated", "SystemTime"));
      return at.isBefore(Instant.EPOCH)
          ? Optional.empty()
          : Optional.of(new Event(at, attribute(xml, "Provider", "Name"), wordOf(content(xml, "Level")), message));
    } catch (DateTimeException e) {
      // Without a time it is no event.
      return Optional.empty();
    }
  }

  /** Without a message, as the provider's words are missing on this machine, its data must do. */
  private static String data(String xml) {
    var text = new StringBuilder();
    int from = xml.indexOf("<Data");
    while (from >= 0) {
      int begin = xml.indexOf('>', from) + 1;
      int end = xml.indexOf("</Data>", begin);
      if (end > 0 && xml.charAt(begin - 2) != '/') {
        text.append(text.isEmpty() ? "" : "; ").append(unescape(xml.substring(begin, end)));
      }
      from = xml.indexOf("<Data", from + 1);
    }
    return text.toString();
  }

  private static String content(String xml, String element) {
    int from = xml.indexOf("<" + element + ">");
    int begin = from + element.length() + 2;
    int end = xml.indexOf("</" + element + ">", begin);
    return from < 0 || end < 0 ? "" : unescape(xml.substring(begin, end));
  }

  private static String attribute(String xml, String element, String name) {
    int from = xml.indexOf("<" + element + " ");
    int close = xml.indexOf('>', from);
    int at = from < 0 ? -1 : xml.indexOf(" " + name + "=", from);
    if (at < 0 || at > close) {
      return "";
    }
    int begin = at + name.length() + 3;
    int end = xml.indexOf(xml.charAt(begin - 1), begin);
    return end < 0 ? "" : unescape(xml.substring(begin, end));
  }

  private static String unescape(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '&' ? text.indexOf(';', at) : -1;
      if (end < 0) {
        plain.append(text.charAt(at));
        at++;
      } else {
        plain.append(reference(text.substring(at + 1, end)));
        at = end + 1;
      }
    }
    return plain.toString();
  }

  private static String reference(String name) {
    return switch (name) {
      case "lt" -> "<";
      case "gt" -> ">";
      case "amp" -> "&";
      case "quot" -> "\"";
      case "apos" -> "'";
      default -> character(name);
    };
  }

  private static String character(String name) {
    try {
      int code = name.startsWith("#x")
          ? Integer.parseInt(name.substring(2), 16)
          : name.startsWith("#") ? Integer.parseInt(name.substring(1)) : -1;
      boolean plain = Character.isValidCodePoint(code)
          && !(code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE);
      return plain ? Character.toString(code) : "\uFFFD";
    } catch (NumberFormatException e) {
      return "\uFFFD";
    }
  }
}
