package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.FrameCodec;
import dev.sallyport.session.record.RecordOpener;
import org.jspecify.annotations.Nullable;

/**
 * What the peer's frames do. One frame at a time: state changes under the session's lock, then, the lock released, the
 * host is told. Only the reader thread comes here.
 */
final class Inbound {
  private final Session session;
  private final SessionState state;
  private final Role role;
  private final SessionEvents events;

  Inbound(Session session, SessionState state, Role role, SessionEvents events) {
    this.session = session;
    this.state = state;
    this.role = role;
    this.events = events;
  }

  /** Deals with the plaintext of an authentic record; a violation or malformed frame comes out as an exception. */
  void record(ByteBuffer plaintext, RecordOpener opener, boolean underNextKeys) {
    boolean rekey = false;
    boolean switched = false;
    do {
      Frame frame = FrameCodec.next(plaintext);
      if (switched) {
        throw PeerViolation.protocol("a frame after SWITCH");
      }
      if (underNextKeys) {
        firstUnderNextKeys(frame, plaintext.hasRemaining());
      } else {
        handle(frame);
        if (rekey && frame instanceof Frame.Rekey) {
          throw PeerViolation.protocol("two REKEYs in one record");
        }
        rekey |= frame instanceof Frame.Rekey;
        switched = frame instanceof Frame.Control(ControlVerb verb, byte[] _) && verb == ControlVerb.SWITCH;
      }
    } while (plaintext.hasRemaining() && !state.phase().over());
    if (rekey && !switched) {
      opener.rekey();
    }
  }

  private void handle(Frame frame) {
    state.words.requireAdmitted(frame);
    switch (frame) {
      case Frame.Pad _,Frame.Unknown _,Frame.Rekey _,Frame.Ack _ -> {
      }
      case Frame.Control control -> control(control);
      case Frame.Open open -> open(open);
      case Frame.Data data -> data(data);
      case Frame.Credit credit -> credit(credit);
      case Frame.Reset reset -> reset(reset);
      case Frame.Ping ping -> reply(new Frame.Pong(ping.opaque()));
      case Frame.Pong pong -> events.ponged(pong.opaque());
      case Frame.Rehs1 rehs1 -> askedAnew(rehs1);
      case Frame.Rehs2 rehs2 -> answered(rehs2);
      case Frame.GoAway goAway -> goneAway(goAway);
    }
  }

  private void firstUnderNextKeys(Frame frame, boolean more) {
    ControlVerb expected = role == Role.SERVER ? ControlVerb.CONFIRM : ControlVerb.ROLLED;
    if (more || !(frame instanceof Frame.Control(ControlVerb verb, byte[] body)) || verb != expected) {
      throw PeerViolation.protocol("the first record under new keys must be " + expected + " alone");
    }
    session.lock();
    try {
      state.keys.confirmed(role);
      state.queue.touch();
    } finally {
      session.release();
    }
    events.control(verb, body);
  }

  private void control(Frame.Control control) {
    session.lock();
    try {
      state.words.hear(control);
    } finally {
      session.release();
    }
    if (control.verb() != ControlVerb.SWITCH) {
      events.control(control.verb(), control.body());
    }
  }

  private void open(Frame.Open open) {
    @Nullable
    SessionStream stream;
    session.lock();
    try {
      stream = state.acceptStream(open);
    } finally {
      session.release();
    }
    if (stream != null) {
      events.opened(stream, open.kind(), open.metadata());
    }
  }

  private void data(Frame.Data data) {
    Runnable listener = null;
    session.lock();
    try {
      state.window.take(data.size());
      SessionStream stream = state.table.find(data.stream());
      if (stream == null || !stream.inbox.add(data)) {
        state.queue.grantSession(state.window.consume(data.size()));
      }
      if (stream != null) {
        listener = changed(stream);
      }
    } finally {
      session.release();
    }
    run(listener);
  }

  private void credit(Frame.Credit credit) {
    session.lock();
    try {
      if (credit.stream() == 0) {
        state.queue.addCredit(credit.delta());
        return;
      }
      SessionStream stream = state.table.find(credit.stream());
      if (stream != null) {
        stream.outbox.credit.add(credit.delta());
        state.queue.schedule(stream);
      }
    } finally {
      session.release();
    }
  }

  private void reset(Frame.Reset reset) {
    Runnable listener = null;
    session.lock();
    try {
      SessionStream stream = state.table.find(reset.stream());
      if (stream != null) {
        state.reset(stream, reset.code(), true);
        state.endIfDrained();
        listener = stream.listener();
      }
    } finally {
      session.release();
    }
    run(listener);
  }

  private void reply(Frame frame) {
    session.lock();
    try {
      state.queue.control(frame);
    } finally {
      session.release();
    }
  }

  private void askedAnew(Frame.Rehs1 rehs1) {
    requireRole(Role.SERVER, "REHS1");
    session.lock();
    try {
      state.keys.asked();
    } finally {
      session.release();
    }
    events.rehandshake(rehs1.hello());
  }

  private void answered(Frame.Rehs2 rehs2) {
    requireRole(Role.AGENT, "REHS2");
    session.lock();
    try {
      state.keys.answered();
    } finally {
      session.release();
    }
    events.rehandshake(rehs2.reply());
  }

  private void goneAway(Frame.GoAway goAway) {
    events.goneAway(goAway.code(), goAway.retryAfter());
    session.lock();
    try {
      state.peerGoesAway(goAway.code());
    } finally {
      session.release();
    }
  }

  /** After bytes or an end came in: readers wake, and a stream with two ends is done. */
  private @Nullable Runnable changed(SessionStream stream) {
    stream.wakeReader();
    state.finish(stream);
    state.endIfDrained();
    return stream.listener();
  }

  private void requireRole(Role expected, String what) {
    if (role != expected) {
      throw new ProtocolException(what + " is not for the " + role);
    }
  }

  private static void run(@Nullable Runnable listener) {
    if (listener != null) {
      listener.run();
    }
  }
}
