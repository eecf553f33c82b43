package dev.sallyport.testing.agent;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sallyport.protocol.channel.TlsSeen;
import dev.sallyport.protocol.enrol.EnrolGrant;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.session.stream.Session;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;

/**
 * A fake agent on a wire: two virtual threads read and write, one more for each operation. For a few hundred agents at most.
 */
public final class FakeAgent implements AgentHost, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Wire wire;
  private final AgentCore core;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore ready = new Semaphore(0);
  private final CompletableFuture<Void> linked = new CompletableFuture<>();
  private final CompletableFuture<AgentEnd> ended = new CompletableFuture<>();

  private FakeAgent(Wire wire, AgentIdentity identity, ServerPin server, OperationScript script) {
    this.wire = wire;
    this.core = new AgentCore(identity, server, OperationStreams.scripted(script, threads), this, threads);
  }

  private FakeAgent(Wire wire, AgentIdentity identity, ServerPin server, OperationStreams operations) {
    this.wire = wire;
    this.core = new AgentCore(identity, server, operations, this, threads);
  }

  /** Connects a known agent; returns at once. */
  public static FakeAgent connect(Wire wire, AgentIdentity identity, ServerPin server, OperationScript script)
      throws IOException {
    FakeAgent agent = new FakeAgent(wire, identity, server, script);
    agent.start(agent.core.hello(System.currentTimeMillis()));
    return agent;
  }

  /** Connects a known agent whose operations are answered by hand; returns at once. */
  public static FakeAgent connectRaw(Wire wire, AgentIdentity identity, ServerPin server, OperationStreams operations)
      throws IOException {
    FakeAgent agent = new FakeAgent(wire, identity, server, operations);
    agent.start(agent.core.hello(System.currentTimeMillis()));
    return agent;
  }

  /** Connects a machine that enrols; returns at once. */
  public static FakeAgent enrol(Wire wire, AgentIdentity identity, ServerPin server, EnrolToken token,
      OperationScript script) throws IOException {
    FakeAgent agent = new FakeAgent(wire, identity, server, script);
    agent.start(agent.core.enrol(token, System.currentTimeMillis()));
    return agent;
  }

  private void start(byte[] hello) throws IOException {
    wire.readTimeout(TICK);
    wire.send(hello);
    threads.execute(this::read);
    threads.execute(this::write);
  }

  private void read() {
    try {
      while (true) {
        try {
          core.received(wire.receive());
        } catch (SocketTimeoutException e) {
          core.tick(System.nanoTime(), ThreadLocalRandom.current());
        }
      }
    } catch (IOException e) {
      core.connectionEnded(String.valueOf(e.getMessage()));
    }
  }

  private void write() {
    try {
      while (true) {
        ready.acquire();
        for (byte[] message = core.nextMessage(); message != null; message = core.nextMessage()) {
          wire.send(message);
        }
        if (ended.isDone()) {
          wire.close();
          return;
        }
      }
    } catch (IOException e) {
      wire.close(); // the reader hears why
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void wake() {
    ready.release();
  }

  @Override
  public byte[] tlsInfo() {
    WireFacts way = wire.facts();
    return way.tlsLeafSha256().length == 0
        ? new byte[0]
        : TlsSeen.of(way.tlsLeafSha256(), way.tlsIssuer()).encode();
  }

  @Override
  public void linked() {
    linked.complete(null);
  }

  @Override
  public void ended(AgentEnd end) {
    ended.complete(end);
    linked.completeExceptionally(new IllegalStateException("the agent ended before it was linked: " + end));
    ready.release();
  }

  /** Waits until the agent is linked. */
  public FakeAgent awaitLinked() throws InterruptedException {
    await(linked);
    return this;
  }

  /** Waits until it is over, and says why. */
  public AgentEnd awaitEnd() throws InterruptedException {
    return await(ended);
  }

  /** Whether it is over. */
  public boolean hasEnded() {
    return ended.isDone();
  }

  /** What the enrolment gave. */
  public EnrolGrant grant() {
    return core.grant();
  }

  /** Its control stream. */
  public ControlTalk control() {
    return core.control();
  }

  /** Its session, for mischief. */
  public Session session() {
    return core.opened();
  }

  /** Its wire, for mischief. */
  public Wire wire() {
    return wire;
  }

  /** Renews the session's keys. */
  public void renewKeys() {
    core.renewKeys(System.currentTimeMillis());
  }

  private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("it did not happen within " + PATIENCE, e);
    }
  }

  /** Cuts the wire; its threads end with it. */
  @Override
  public void close() {
    wire.close();
  }
}
