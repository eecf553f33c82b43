package dev.sallyport.session;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.stream.Role;
import dev.sallyport.session.stream.SessionLimits;
import org.junit.jupiter.api.Test;

/** {@code docs/protocol.md} is what other agents are written from: its numbers are those of the code. */
class DocumentedNumbersTest {
  private final String page = read();

  private static String read() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("docs"))) {
      root = Objects.requireNonNull(root.getParent(), "the test runs inside the project");
    }
    try {
      return Files.readString(root.resolve("docs").resolve("protocol.md")).replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyCodeStandsThereWithItsName() {
    for (Status status : Status.values()) {
      assertThat(page).contains(status.code() + " " + status);
    }
    for (FailCode fail : FailCode.values()) {
      assertThat(page).contains(fail.code() + " " + fail);
    }
    for (GoAwayCode goAway : GoAwayCode.values()) {
      assertThat(page).contains(goAway.code() + " " + goAway);
    }
    for (ControlVerb verb : ControlVerb.values()) {
      assertThat(page).contains(verb.code() + " " + verb);
    }
  }

  @Test
  void everyLimitStandsThere() {
    SessionLimits server = SessionLimits.standard(Role.SERVER);
    SessionLimits agent = SessionLimits.standard(Role.AGENT);
    assertThat(page).contains("A message has at most " + number(TransportMessage.MAX_MESSAGE_BYTES) + " bytes",
        number(SessionLimits.MIN_RECORD_BYTES) + " to " + number(SessionTerms.MAX_RECORD_BYTES),
        "both credits are at least " + number(SessionLimits.MIN_CREDIT),
        number(server.recordBytes()) + ", " + number(server.streamCredit()) + ", " + number(server.sessionCredit())
            + " and " + server.keepalive().toSeconds() + " s",
        "an agent " + number(agent.acceptedStreams()) + ", a server " + number(server.acceptedStreams()),
        "metadata, at most " + (Frame.MAX_METADATA_BYTES >> 10) + " KiB", "at most " + (Frame.MAX_DATA_BYTES >> 10)
            + " KiB; flag 1 is FIN",
        "verb's body, at most " + (Frame.MAX_CONTROL_BYTES >> 10) + " KiB",
        "lets " + (SessionLimits.MAX_CONTROL_QUEUE_BYTES >> 10) + " KiB of our PONGs",
        "in turns of " + (SessionLimits.QUANTUM_BYTES >> 10) + " KiB");
    assertThat(server.streamCredit()).isEqualTo(agent.streamCredit());
    assertThat(server.sessionCredit()).isEqualTo(agent.sessionCredit());
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
