package dev.sallyport.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.message.Fail;
import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.testing.agent.AgentCore;
import dev.sallyport.testing.agent.AgentEnd;
import dev.sallyport.testing.agent.AgentHost;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.transport.Wire;

/** A connection on which a test decides about every single message. */
final class Stranger implements AgentHost, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Wire wire;
  private final AgentCore core;
  private final BlockingQueue<AgentEnd> ends = new LinkedBlockingQueue<>();

  Stranger(GatewayScene scene, AgentIdentity identity) throws IOException {
    wire = scene.dial();
    wire.readTimeout(PATIENCE);
    core = new AgentCore(identity, scene.server(), (stream, metadata) -> stream.reset(SessionStream.REFUSED), this,
        Executors.newVirtualThreadPerTaskExecutor());
  }

  /** A connection of nobody in particular. */
  Stranger(GatewayScene scene) throws IOException {
    this(scene, AgentIdentity.fresh("nobody"));
  }

  byte[] hello() {
    return core.hello(System.currentTimeMillis());
  }

  byte[] hello(EnrolToken token) {
    return core.enrol(token, System.currentTimeMillis());
  }

  Stranger say(byte[] message) throws IOException {
    wire.send(message);
    return this;
  }

  byte[] hear() throws IOException {
    return wire.receive();
  }

  /** Hears a refusal that proves nothing. */
  Fail hearFail() throws IOException {
    if (TransportMessage.decode(hear()) instanceof Fail fail) {
      return fail;
    }
    throw new AssertionError("the answer was no FAIL");
  }

  /** Takes in the next message as an honest agent would. */
  Stranger listen() throws IOException {
    core.received(hear());
    return this;
  }

  /** Says what an honest agent would say now. */
  Stranger speak() throws IOException {
    for (byte[] message = core.nextMessage(); message != null; message = core.nextMessage()) {
      say(message);
    }
    return this;
  }

  /** What an honest agent would say now, to be looked at or changed first. */
  byte[] next() {
    byte[] message = core.nextMessage();
    if (message == null) {
      throw new AssertionError("an honest agent would say nothing");
    }
    return message;
  }

  AgentCore core() {
    return core;
  }

  AgentEnd end() throws InterruptedException {
    AgentEnd end = ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("it has not ended");
    }
    return end;
  }

  /** Waits until the gateway ends the connection; what it still says is read and forgotten. */
  void awaitClosed() throws IOException {
    GatewayScene.awaitClosed(wire);
  }

  @Override
  public void wake() {
    // the test says when to speak
  }

  @Override
  public void linked() {
    // the test looks at the gateway's side
  }

  @Override
  public void ended(AgentEnd end) {
    ends.add(end);
  }

  @Override
  public void close() {
    wire.close();
  }
}
