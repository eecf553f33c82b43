package dev.sallyport.operation.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.operation.process.ProcessRunner;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.EventOperation;
import dev.sallyport.protocol.operation.EventOperation.Level;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class EventLogTest {
  private static final Path MAKER = Path.of("/lib/systemd/systemd-journal-remote");
  private static final Path READER = Path.of("/usr/bin/journalctl");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"), (channel, bytes, offset, length) -> {
      });
  private static final EventOperation.Read ALL = new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "",
      Level.DEBUG, "", 100);

  @TempDir
  Path folder;

  private final SystemTool tool = new SystemTool(ProcessRunner.create(new LinuxProcessTable(Path.of("/proc"))));

  private static List<String> texts(Ending ending) {
    assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.DONE);
    return ending.value().objects("events", 1000).stream().map(event -> event.string("text")).toList();
  }

  /** A real journal, made by systemd's own program from its export format. */
  private Journal journal(String entries) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(MAKER) && Files.isExecutable(READER),
        "systemd's programs are not installed (Debian: apt-get install systemd systemd-journal-remote)");
    Path file = folder.resolve("test.journal");
    Process maker = new ProcessBuilder(MAKER.toString(), "--output=" + file, "-").redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD).start();
    try (OutputStream in = maker.getOutputStream()) {
      in.write(entries.getBytes(StandardCharsets.ISO_8859_1));
    }
    assertThat(maker.waitFor()).isZero();
    return new Journal(tool, List.of(READER.toString(), "--file=" + file));
  }

  private static String entry(long second, String unit, int priority, String message) {
    return "__REALTIME_TIMESTAMP=" + (1_700_000_000L + second) + "000000\n__MONOTONIC_TIMESTAMP=" + (second + 1)
        + "\n_BOOT_ID=0123456789abcdef0123456789abcdef\n_SYSTEMD_UNIT=" + unit + "\nPRIORITY=" + priority + "\nMESSAGE="
        + message + "\n\n";
  }

  @Test
  @DisplayName("K8 the journal is read by time, unit, level, text and count, the newest first")
  void readsTheJournal() throws Exception {
    Journal journal = journal(entry(1, "ssh.service", 6, "Accepted") + entry(2, "cron.service", 3, "it BROKE: 50% off")
        + entry(3, "ssh.service", 4, "Failed password") + entry(4, "ssh.service", 7, "noise"));

    assertThat(texts(journal.read(ALL, CONTEXT))).containsExactly("noise", "Failed password", "it BROKE: 50% off",
        "Accepted");
    assertThat(texts(journal.read(new EventOperation.Read(Instant.ofEpochSecond(1_700_000_002),
        Instant.ofEpochSecond(1_700_000_003), "", Level.DEBUG, "", 100), CONTEXT)))
        .containsExactly("Failed password", "it BROKE: 50% off");
    assertThat(texts(journal.read(
        new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "cron.service", Level.DEBUG, "", 100), CONTEXT)))
        .containsExactly("it BROKE: 50% off");
    assertThat(texts(journal.read(
        new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "", Level.WARNING, "", 100), CONTEXT)))
        .containsExactly("Failed password", "it BROKE: 50% off");
    assertThat(texts(journal.read(
        new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "", Level.DEBUG, "broke", 100), CONTEXT)))
        .containsExactly("it BROKE: 50% off");
    Ending one = journal.read(new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "", Level.DEBUG, "", 1),
        CONTEXT);
    assertThat(texts(one)).containsExactly("noise");
    assertThat(one.value().bool("more")).isTrue();
    JsonObject event = one.value().objects("events", 1).getFirst();
    assertThat(event.string("level")).isEqualTo("debug");
    assertThat(event.string("source")).isEqualTo("ssh.service");
    assertThat(event.integer("atMs", 0, Long.MAX_VALUE)).isEqualTo(1_700_000_004_000L);
    assertThat(texts(journal.read(new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "--output=cat",
        Level.DEBUG, "", 9), CONTEXT))).as("a filter is no option").isEmpty();
  }

  @Test
  @DisplayName("T19 an event may say anything: bytes, terminal sequences, half characters, and a great deal of it")
  void hostileEventsAreRead() throws Exception {
    String binary = """
        __REALTIME_TIMESTAMP=1700000009000000
        __MONOTONIC_TIMESTAMP=99
        _BOOT_ID=0123456789abcdef0123456789abcdef
        MESSAGE
        \5\0\0\0\0\0\0\0a\377\33[m
        PRIORITY=42

        """;
    Journal journal = journal(
        entry(1, "x", 6, "<script>alert(1)</script>") + entry(2, "x", 6, "y".repeat(10_000)) + binary);

    List<String> texts = texts(journal.read(ALL, CONTEXT));

    assertThat(texts).hasSize(3);
    assertThat(texts.get(0)).isEqualTo("a\uFFFD\u001b[m");
    assertThat(texts.get(1)).hasSize(Event.MAX_TEXT_LENGTH);
    assertThat(texts.get(2)).isEqualTo("<script>alert(1)</script>");
  }

  @Test
  void anAnswerOfManyLongEventsFits() throws Exception {
    var entries = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      entries.append(entry(i, "x", 6, i + "z".repeat(3000)));
    }
    Journal journal = journal(entries.toString());

    Ending ending = journal.read(
        new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "", Level.DEBUG, "", 1000), CONTEXT);

    assertThat(ending.value().bytes().length).isLessThan(OperationResult.MAX_BYTES - 10_000);
    assertThat(ending.value().bool("more")).isTrue();
    assertThat(texts(ending).getFirst()).startsWith("299z");
  }

  private Ending syslog(String text, EventOperation.Read read) throws IOException {
    Path file = Files.writeString(folder.resolve("syslog"), text);
    return new SyslogFiles(List.of(folder.resolve("nothing"), file), InstantSource.fixed(NOW), ZoneOffset.UTC).read(
        read,
        CONTEXT);
  }

  @Test
  void readsAFileOfSyslogInBothForms() throws IOException {
    String text = """
        Nov 22 06:23:34 host sshd[123]: Accepted: yes
        garbage
        Xyz 99 99:99:99 host x: y
        Feb  3 01:02:03 host kernel: [ 1.0] up
        2026-02-28T23:00:00.5+01:00 host cron[9]: ran
        2026-02-30T23:00:00+01:00 host cron[9]: never
        """;

    Ending ending = syslog(text, ALL);

    assertThat(texts(ending)).containsExactly("ran", "[ 1.0] up", "Accepted: yes");
    assertThat(ending.value().objects("events", 9)).extracting(event -> event.integer("atMs", 0, Long.MAX_VALUE))
        .containsExactly(Instant.parse("2026-02-28T22:00:00.500Z").toEpochMilli(),
            Instant.parse("2026-02-03T01:02:03Z").toEpochMilli(), Instant.parse("2025-11-22T06:23:34Z").toEpochMilli());
    assertThat(texts(syslog(text,
        new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "sshd.service", Level.DEBUG, "YES", 9))))
        .containsExactly("Accepted: yes");
    assertThat(
        syslog(text, new EventOperation.Read(Instant.EPOCH, JsonObject.MAX_INSTANT, "", Level.ERR, "", 9)).outcome())
        .isEqualTo(Outcome.UNSUPPORTED);
  }

  @Test
  void ofALargeFileOnlyTheEndIsRead() throws IOException {
    Ending ending = syslog("Feb  3 01:02:03 host x: first\n" + "Feb  3 01:02:04 host x: again\n".repeat(200_000)
        + "Feb  3 01:02:05 host x: last\n", ALL);

    assertThat(texts(ending)).hasSize(100).startsWith("last", "again");
    assertThat(ending.value().bool("more")).isTrue();
  }

  @Test
  void aMachineWithoutAnyLogSaysSo() {
    List<EventLog> none = List.of(new Journal(tool, List.of("/no/such/journalctl")),
        new SyslogFiles(List.of(folder.resolve("nothing")), InstantSource.fixed(NOW), ZoneOffset.UTC));

    assertThat(EventOperations.read(none, ALL, CONTEXT).outcome()).isEqualTo(Outcome.UNSUPPORTED);
  }

  @Test
  void asksWindowsInItsOwnWords() {
    assertThat(WindowsEvents.argv(new EventOperation.Read(Instant.parse("2026-01-01T00:00:00Z"), JsonObject.MAX_INSTANT,
        "disk", Level.WARNING, "", 10)))
        .containsExactly("C:\\\\Windows\\\\System32\\\\wevtutil.exe".replace("\\\\", "\\"), "qe", "System",
            "/q:*[System[TimeCreated[@SystemTime>='2026-01-01T00:00:00Z' and @SystemTime<='9999-12-31T23:59:59.999Z']"
                + " and Provider[@Name='disk'] and (Level>=1 and Level<=3)]]",
            "/c:11", "/rd:true", "/f:RenderedXml", "/uni:true");
  }

  /** In the form in which {@code wevtutil qe System /f:RenderedXml} writes. */
  private static final String WINDOWS = """
      <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Service Control Manager' \
      Guid='{555908d1-a6d7-4695-8e1e-26931d2012f4}' EventSourceName='Service Control Manager'/><EventID Qualifiers='16384'>7036</EventID>\
      <Version>0</Version><Level>4</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x8080000000000000</Keywords>\
      <TimeCreated SystemTime='2026-02-03T04:05:06.7891234Z'/><EventRecordID>1234</EventRecordID><Correlation/>\
      <Execution ProcessID='700' ThreadID='8116'/><Channel>System</Channel><Computer>PC-1</Computer><Security/></System>\
      <EventData><Data Name='param1'>Windows Update</Data><Data Name='param2'>stopped</Data></EventData>\
      <RenderingInfo Culture='en-US'><Message>The &quot;Windows Update&quot; service entered the stopped &lt;state&gt; &amp; rests&#13;&#10;.</Message>\
      <Level>Information</Level><Task></Task><Opcode></Opcode><Channel></Channel><Provider>Microsoft-Windows-Service Control Manager\
      </Provider><Keywords><Keyword>Classic</Keyword></Keywords></RenderingInfo></Event>
      <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='disk'/><EventID Qualifiers='49156'>7</EventID>\
      <Level>2</Level><TimeCreated SystemTime='2026-02-03T04:00:00.0000000Z'/><Channel>System</Channel></System>\
      <EventData><Data>\\Device\\Harddisk0\\DR0</Data><Data/><Binary>0F00</Binary></EventData></Event>
      <Event ><System></System></Event><Event xmlns=""";

  @Test
  void readsWhatWindowsWrites() {
    List<Event> events = WindowsEvents.parse(WINDOWS);

    assertThat(events).containsExactly(
        new Event(Instant.parse("2026-02-03T04:05:06.7891234Z"), "Service Control Manager", "info",
            "The \"Windows Update\" service entered the stopped <state> & rests\r\n."),
        new Event(Instant.parse("2026-02-03T04:00:00Z"), "disk", "err", "\\Device\\Harddisk0\\DR0"));
  }

  private static String event(String message) {
    return "<Event x><System><TimeCreated SystemTime='2026-02-03T04:00:00Z'/></System><Message>" + message
        + "</Message></Event>";
  }

  @Test
  void hostileXmlIsOnlyText() {
    for (String message : List.of("&xxe;", "&#xD800;", "&#x110000;", "&#99999999999;", "&", "&amp",
        "<!ENTITY a 'b'>")) {
      assertThat(WindowsEvents.parse(event(message))).hasSize(1)
          .allSatisfy(read -> assertThat(read.toJson().bytes()).isNotEmpty());
    }
    assertThat(WindowsEvents.parse("<Event ".repeat(1000))).isEmpty();
  }
}
