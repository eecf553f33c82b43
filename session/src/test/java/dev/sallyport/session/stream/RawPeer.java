package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.FrameCodec;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.message.RecordMessage;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.record.RecordOpener;
import dev.sallyport.session.record.RecordSealer;

/** A peer that has the right keys and says whatever a test wants it to say. */
final class RawPeer {
  final End victim;
  final TestKeys keys = new TestKeys();

  private final RecordSealer sealer;
  private final RecordOpener opener;

  private RawPeer(Role victimRole, SessionLimits limits) {
    victim = new End(victimRole, keys.of(victimRole, 1), limits);
    SessionKeys own = keys.of(victimRole.peer(), 1);
    sealer = new RecordSealer(own.sendKey(), own.cid());
    opener = new RecordOpener(own.receiveKey(), own.cid());
  }

  /** A peer of an end that waits for CONFIRM or ROLLED. */
  static RawPeer before(Role victim) {
    return new RawPeer(victim, SessionLimits.standard(victim));
  }

  /** A peer of an established end. */
  static RawPeer of(Role victim) {
    return of(victim, SessionLimits.standard(victim));
  }

  static RawPeer of(Role victim, SessionLimits limits) {
    RawPeer peer = new RawPeer(victim, limits);
    if (victim == Role.AGENT) {
      peer.victim.session.control(ControlVerb.CONFIRM, new byte[8]);
    }
    peer.send(new Frame.Control(victim == Role.SERVER ? ControlVerb.CONFIRM : ControlVerb.ROLLED, new byte[8]));
    peer.received();
    peer.victim.words.clear();
    return peer;
  }

  /** Sends the frames in one record; after a REKEY among them the next goes under the next key. */
  void send(Frame... frames) {
    ByteBuffer plaintext = ByteBuffer.allocate(RecordMessage.MAX_PLAINTEXT_BYTES);
    for (Frame frame : frames) {
      FrameCodec.encode(frame, plaintext);
    }
    sendPlaintext(Arrays.copyOf(plaintext.array(), plaintext.position()));
    if (List.of(frames).contains(new Frame.Rekey())) {
      sealer.rekey();
    }
  }

  /** Sends any bytes in one authentic record. */
  void sendPlaintext(byte[] plaintext) {
    victim.session.receive(seal(sealer, plaintext));
  }

  static byte[] seal(RecordSealer sealer, byte[] plaintext) {
    byte[] message = RecordSealer.newMessage(plaintext.length);
    System.arraycopy(plaintext, 0, message, RecordMessage.HEADER_BYTES, plaintext.length);
    sealer.seal(message);
    return message;
  }

  /** All frames the victim has to say now. */
  List<Frame> received() {
    List<Frame> all = new ArrayList<>();
    for (List<Frame> frames = receivedOnce(); !frames.isEmpty(); frames = receivedOnce()) {
      all.addAll(frames);
    }
    return all;
  }

  /** The frames of the victim's next record; none if it has nothing to say. */
  List<Frame> receivedOnce() {
    byte[] message = victim.session.nextMessage();
    if (message == null) {
      return List.of();
    }
    if (!opener.open(message)) {
      throw new IllegalStateException("the victim repeats itself");
    }
    List<Frame> frames = FrameCodec.decode(RecordOpener.plaintext(message));
    if (frames.contains(new Frame.Rekey())) {
      opener.rekey();
    }
    return frames;
  }

  /** The code of the GOAWAY that is the victim's last word; fails the test if there is none. */
  GoAwayCode goAway() {
    List<Frame> frames = received();
    if (frames.isEmpty() || !(frames.getLast() instanceof Frame.GoAway goAway)) {
      throw new AssertionError("no GOAWAY at the end of " + frames);
    }
    return goAway.code();
  }

  /** The number of a stream the peer may open: the first, second … */
  int stream(int n) {
    return victim.role.peer().firstStream() + 2 * (n - 1);
  }
}
