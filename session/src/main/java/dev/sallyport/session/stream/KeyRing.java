package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.record.RecordOpener;
import dev.sallyport.session.record.RecordSealer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of both directions, and their change in a rehandshake. While one is under way there are two pairs: under the
 * new keys travels exactly one record each way, CONFIRM and ROLLED, and everything else goes on under the old ones until
 * each side's SWITCH, its last old record. From then on that direction is under the new keys and the old are wiped.
 * Streams and credit know nothing of it.
 *
 * <pre>
 * agent:  IDLE - REHS1 out -> ASKED - REHS2 in -> ANSWERED - CONFIRM out -> KEYED - ROLLED in -> SWITCHING -> IDLE
 * server: IDLE - REHS1 in  -> ASKED - REHS2 out -> KEYED - CONFIRM in -> CONFIRMED - ROLLED out -> SWITCHING -> IDLE
 * </pre>
 *
 * An agent may ask again from ANSWERED, after a refusal; a server in KEYED then forgets the keys it offered. The
 * references here are guarded by the session's lock; the sealer's and opener's own state by the writer's and the
 * reader's lock.
 */
final class KeyRing {
  private enum Step {
    IDLE, ASKED, ANSWERED, KEYED, CONFIRMED, SWITCHING
  }

  /** A rehandshake that came to nothing is due again after an hour. */
  private static final long ASK_AGAIN_NANOS = Duration.ofHours(1).toNanos();

  private final KeyLimits limits;
  private RecordSealer sealer;
  private RecordOpener opener;
  private @Nullable RecordSealer nextSealer;
  private @Nullable RecordOpener nextOpener;
  private Step step = Step.IDLE;
  private Frame.@Nullable Control firstWord;
  private boolean switchDue;

  private boolean started;
  private long bornAt;
  private long rekeyedAt;
  private long askAgainAt;
  private long traffic;
  private boolean rekeyDue;

  /** Begins with the keys of a handshake, which are copied. */
  KeyRing(SessionKeys keys, KeyLimits limits) {
    this.limits = limits;
    sealer = new RecordSealer(keys.sendKey(), keys.cid());
    opener = new RecordOpener(keys.receiveKey(), keys.cid());
  }

  RecordSealer sealer() {
    return sealer;
  }

  /** The opener for a record message, by the session it names. */
  RecordOpener openerFor(byte[] message) {
    if (nextOpener != null && nextOpener.isFor(message)) {
      return nextOpener;
    }
    if (!opener.isFor(message)) {
      throw new ProtocolException("a record of another session");
    }
    return opener;
  }

  /** Wipes what we receive with; only under the reader's lock as well. */
  void closeOpeners() {
    opener.close();
    if (nextOpener != null) {
      nextOpener.close();
    }
  }

  /** Wipes what we send with; only under the writer's lock as well. */
  void closeSealers() {
    sealer.close();
    if (nextSealer != null) {
      nextSealer.close();
    }
  }

  // -- the steps of a rehandshake: what the host does ---------------------------------------------------------------

  /** Agent: sends REHS1. */
  void ask() {
    requireStep(step == Step.IDLE || step == Step.ANSWERED, "ask for a rehandshake");
    step = Step.ASKED;
  }

  /** Server: refuses what the agent asked. */
  void refuse() {
    requireStep(step == Step.ASKED, "refuse a rehandshake");
    step = Step.IDLE;
  }

  /** Server: sends REHS2 and expects CONFIRM under the new keys. */
  void offer(SessionKeys next) {
    requireStep(step == Step.ASKED, "accept a rehandshake");
    install(next);
  }

  /** Agent: sends CONFIRM under the new keys and expects ROLLED under them. */
  void confirm(SessionKeys next, Frame.Control word) {
    requireStep(step == Step.ANSWERED, "confirm a rehandshake");
    install(next);
    firstWord = word;
  }

  /** Server: sends ROLLED under the new keys, then SWITCH under the old. */
  void roll(Frame.Control word) {
    requireStep(step == Step.CONFIRMED, "say ROLLED");
    step = Step.SWITCHING;
    firstWord = word;
    switchDue = true;
  }

  // -- what the peer does -------------------------------------------------------------------------------------------

  /** Server: REHS1 came. */
  void asked() {
    requirePeer(step == Step.IDLE || step == Step.KEYED, "REHS1");
    if (nextOpener != null && nextSealer != null) {
      nextOpener.close();
      nextSealer.close();
      nextOpener = null;
      nextSealer = null;
    }
    step = Step.ASKED;
  }

  /** Agent: REHS2 came. */
  void answered() {
    requirePeer(step == Step.ASKED, "REHS2");
    step = Step.ANSWERED;
  }

  /** The peer's one record under the new keys came: CONFIRM at a server, ROLLED at an agent. */
  void confirmed(Role role) {
    requirePeer(step == Step.KEYED, "a record under new keys");
    switch (role) {
      case SERVER -> step = Step.CONFIRMED;
      case AGENT -> {
        step = Step.SWITCHING;
        switchDue = true;
      }
    }
  }

  /** SWITCH came: the peer's direction is under the new keys from the next record on. */
  void switchIn() {
    requirePeer(step == Step.SWITCHING && nextOpener != null, "SWITCH");
    opener.close();
    opener = Objects.requireNonNull(nextOpener);
    nextOpener = null;
    finishIfSwitched();
  }

  /** Whether a record comes under keys to which the peer has not switched yet. */
  boolean isNext(RecordOpener which) {
    return which != opener;
  }

  // -- what the writer takes ----------------------------------------------------------------------------------------

  /** CONFIRM or ROLLED, if one is due; to be sealed with {@link #newSealer}. */
  Frame.@Nullable Control takeFirstWord() {
    Frame.Control word = firstWord;
    firstWord = null;
    return word;
  }

  RecordSealer newSealer() {
    return Objects.requireNonNull(nextSealer);
  }

  /** Moves our direction to the new keys if SWITCH is due; the old sealer, for the last time, or null. */
  @Nullable
  RecordSealer takeSwitch() {
    if (!switchDue || nextSealer == null) {
      return null;
    }
    RecordSealer old = sealer;
    sealer = nextSealer;
    nextSealer = null;
    switchDue = false;
    rekeyDue = false;
    finishIfSwitched();
    return old;
  }

  /** Whether the sealer moves on to its REKEY with the next record. Only under the writer's lock as well. */
  boolean takeRekey() {
    boolean due = rekeyDue || sealer.recordsUnderKey() >= limits.rekeyRecords() - 1;
    rekeyDue = false;
    return due;
  }

  // -- age ----------------------------------------------------------------------------------------------------------

  void count(int bytes) {
    traffic += bytes;
  }

  /** Time has come to {@code now}; true if the agent should start a rehandshake. */
  boolean tick(long now) {
    if (!started) {
      started = true;
      bornAt = now;
      rekeyedAt = now;
      askAgainAt = now;
    }
    if (now - rekeyedAt >= limits.rekeyAfter().toNanos()) {
      rekeyedAt = now;
      rekeyDue = true;
    }
    boolean old = now - bornAt >= limits.rehandshakeAfter().toNanos() || traffic >= limits.rehandshakeBytes();
    boolean canAsk = step == Step.IDLE || step == Step.ANSWERED;
    if (!old || !canAsk || now - askAgainAt < 0) {
      return false;
    }
    askAgainAt = now + ASK_AGAIN_NANOS;
    return true;
  }

  /** Whether the agent should have brought new keys long ago. */
  boolean overdue(long now) {
    return now - bornAt >= KeyLimits.MAX_OVERDUE * limits.rehandshakeAfter().toNanos()
        || traffic >= KeyLimits.MAX_OVERDUE * limits.rehandshakeBytes();
  }

  private void install(SessionKeys next) {
    nextSealer = new RecordSealer(next.sendKey(), next.cid());
    nextOpener = new RecordOpener(next.receiveKey(), next.cid());
    step = Step.KEYED;
  }

  private void finishIfSwitched() {
    if (nextSealer == null && nextOpener == null) {
      step = Step.IDLE;
      traffic = 0;
      started = false;
    }
  }

  private static void requireStep(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("this is not the time to " + what);
    }
  }

  private static void requirePeer(boolean holds, String what) {
    if (!holds) {
      throw PeerViolation.protocol(what + " at the wrong time");
    }
  }
}
