package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.RecordMessage;
import org.junit.jupiter.api.DisplayName;

/** Whatever comes in: from strangers a typed refusal that changes nothing, from the peer what it may do, or the end. */
@DisplayName("T41 fuzzed sessions")
final class SessionFuzzTest {
  private static final int HEADER = 3;

  @FuzzTest(maxDuration = "60s")
  void strangersChangeNothing(byte[] message) {
    RawPeer peer = RawPeer.of(message.length % 2 == 0 ? Role.SERVER : Role.AGENT);
    try {
      peer.victim.session.receive(message);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
    assertThat(peer.victim.session.closed()).isFalse();
    assertThat(peer.victim.session.nextMessage()).isNull();
  }

  /** The input is a list of records: what the host does meanwhile (1), the length of the plaintext (2), the plaintext. */
  @FuzzTest(maxDuration = "120s")
  void aPeerWithKeysDoesNoHarm(byte[] input) {
    ByteBuffer in = ByteBuffer.wrap(input);
    if (in.remaining() < 1) {
      return;
    }
    int start = in.get();
    Role victim = (start & 1) == 0 ? Role.SERVER : Role.AGENT;
    RawPeer peer = (start & 2) == 0 ? RawPeer.of(victim) : RawPeer.before(victim);
    List<SessionStream> streams = new ArrayList<>();
    peer.victim.onOpened = opened -> streams.add(opened.stream());
    while (in.remaining() > HEADER) {
      HostMoves.move(peer.victim.session, streams, in.get());
      int length = Math.min(in.getShort() & 0xFFFF, Math.min(in.remaining(), RecordMessage.MAX_PLAINTEXT_BYTES));
      byte[] plaintext = new byte[Math.max(length, RecordMessage.MIN_CIPHERTEXT_BYTES - RecordMessage.TAG_BYTES)];
      in.get(plaintext, 0, length);
      peer.sendPlaintext(plaintext);
    }
    assertThat(streams.size()).isLessThanOrEqualTo(input.length);
    while (peer.victim.session.nextMessage() != null) {
      assertThat(peer.victim.session.openStreams()).isLessThanOrEqualTo(2 * SessionLimits.MAX_STREAMS);
    }
  }
}
