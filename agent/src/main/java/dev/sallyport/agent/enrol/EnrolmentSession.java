package dev.sallyport.agent.enrol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import dev.sallyport.agent.identity.RollingSecrets;
import dev.sallyport.agent.link.SessionRunner;
import dev.sallyport.agent.link.Welcome;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.pace.KeepalivePace;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionEvents;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.transport.Wire;
import org.jspecify.annotations.Nullable;

/** The one short session of an enrolment: CONFIRM with the request, ROLLED with the grant, good-bye. */
final class EnrolmentSession implements SessionEvents {
  private static final int EPOCH_BYTES = 8;

  private final SessionRunner runner;
  private final RollingSecrets secrets;
  private final long attempt;
  private byte @Nullable [] answer;

  /**
   * @param accepted whose next secret is on disk
   */
  @SuppressWarnings("this-escape") // the session tells nothing before its runner runs
  EnrolmentSession(Wire wire, Welcome.Accepted accepted, RollingSecrets secrets, AgentClock clock) {
    this.secrets = secrets;
    this.attempt = accepted.attempt();
    this.runner = new SessionRunner(wire, accepted.verdict().keys(),
        SessionRunner.limits(accepted.verdict().payload().terms()), clock,
        () -> new KeepalivePace(accepted.verdict().payload().terms().keepalive(), wire.answer()), this);
  }

  /**
   * Confirms.
   *
   * @param request what follows the attempt, or nothing in an ordinary session
   * @return what followed the epoch in ROLLED; empty if ROLLED never came
   */
  Optional<byte[]> confirm(byte[] request) throws IOException {
    byte[] body = ByteBuffer.allocate(Long.BYTES + request.length).putLong(attempt).put(request).array();
    runner.session().control(ControlVerb.CONFIRM, body);
    runner.run();
    if (answer == null) {
      return Optional.empty();
    }
    secrets.rolled(attempt);
    return Optional.of(answer);
  }

  @Override
  public void control(ControlVerb verb, byte[] body) {
    if (verb == ControlVerb.ROLLED) {
      if (body.length < EPOCH_BYTES) {
        throw new ProtocolException(
            "ROLLED: expected an epoch of " + EPOCH_BYTES + " bytes, found " + body.length);
      }
      answer = Arrays.copyOfRange(body, EPOCH_BYTES, body.length);
      runner.rolled();
      runner.session().goAway(GoAwayCode.SHUTDOWN, Duration.ZERO);
    }
  }

  @Override
  public void opened(SessionStream stream, int kind, byte[] metadata) {
    stream.reset(ResetCode.REFUSED.code());
  }

  @Override
  public void closed(SessionClosedException why) {
    runner.ended();
  }

  @Override
  public void rehandshakeDue() {
    // The session is over long before.
  }

  @Override
  public void rehandshake(byte[] message) {
    // None was asked for; the session itself refuses unasked answers.
  }

  @Override
  public void goneAway(GoAwayCode code, Duration retryAfter) {
    // Either way the session ends now.
  }

  @Override
  public void ponged(long opaque) {
    // Nothing was asked.
  }
}
