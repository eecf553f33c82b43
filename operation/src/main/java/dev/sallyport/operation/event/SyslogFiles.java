package dev.sallyport.operation.event;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.operation.EventOperation;
import dev.sallyport.protocol.operation.Outcome;

/**
 * The file that syslog writes, {@code time host program[number]: text} in a line, where the time is as in RFC 3164 (without a year) or
 * RFC 3339. Its end is looked through; levels are not written there.
 */
final class SyslogFiles implements EventLog {
  /** Most bytes of the file's end that are looked through. */
  private static final int MAX_BYTES = 4 << 20;

  private static final List<String> MONTHS = List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
      "Oct", "Nov", "Dec");
  private static final int OLD_TIME_LENGTH = "Nov 22 06:23:34".length();

  private final List<Path> places;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * @param places where the file may be; the first that is there counts
   * @param zone that the times without one are in
   */
  SyslogFiles(List<Path> places, InstantSource clock, ZoneId zone) {
    this.places = List.copyOf(places);
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public Ending read(EventOperation.Read read, OperationContext context) {
    for (Path place : places) {
      if (Files.isRegularFile(place)) {
        return read.level() == EventOperation.Level.DEBUG
            ? read(place, read)
            : Ending.without(Outcome.UNSUPPORTED,
                "this machine's log, " + place + ", does not tell how grave events are");
      }
    }
    return Ending.without(Outcome.UNSUPPORTED, "this machine has neither a journal nor a file of syslog");
  }

  private Ending read(Path file, EventOperation.Read read) {
    byte[] end;
    boolean more;
    try (var open = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, open.length() - MAX_BYTES);
      more = from > 0;
      open.seek(from);
      end = new byte[(int) (open.length() - from)];
      open.readFully(end);
    } catch (IOException e) {
      return Ending.without(Outcome.FAILED, file + " cannot be read: " + e.getMessage());
    }
    List<Event> events = new ArrayList<>();
    List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
    for (String line : lines.subList(more && !lines.isEmpty() ? 1 : 0, lines.size())) {
      parse(line).filter(event -> event.isAskedFor(read) && isFrom(event, read.source())).ifPresent(events::add);
    }
    Collections.reverse(events);
    return EventLog.answer(file.toString(), events, more, read);
  }

  private static boolean isFrom(Event event, String source) {
    return source.isEmpty() || event.source().equals(source) || (event.source() + ".service").equals(source);
  }

  private Optional<Event> parse(String line) {
    try {
      boolean old = !line.isEmpty() && Character.isLetter(line.charAt(0));
      int end = old ? OLD_TIME_LENGTH : line.indexOf(' ');
      Instant at = old ? oldTime(line) : OffsetDateTime.parse(line.substring(0, end)).toInstant();
      int host = line.indexOf(' ', end + 1);
      int colon = line.indexOf(": ", host + 1);
      if (at.isBefore(Instant.EPOCH) || host < 0 || colon < 0) {
        return Optional.empty();
      }
      String program = line.substring(host + 1, colon);
      int number = program.indexOf('[');
      return Optional
          .of(new Event(at, number < 0 ? program : program.substring(0, number), "", line.substring(colon + 2)));
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
      // A line of another form; any program may write some.
      return Optional.empty();
    }
  }

  /** The year is this one, unless the event would then be in the future. */
  private Instant oldTime(String line) {
    Instant now = clock.instant();
    int year = Year.from(now.atZone(zone)).getValue();
    Instant at = time(line, year);
    return at.isAfter(now.plus(Duration.ofDays(1))) ? time(line, year - 1) : at;
  }

  private Instant time(String line, int year) {
    return LocalDateTime
        .of(year, MONTHS.indexOf(line.substring(0, 3)) + 1, Integer.parseInt(line.substring(4, 6).strip()),
            Integer.parseInt(line.substring(7, 9)), Integer.parseInt(line.substring(10, 12)),
            Integer.parseInt(line.substring(13, 15)))
        .atZone(zone).toInstant();
  }
}
