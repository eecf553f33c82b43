package dev.sallyport.server.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.server.app.RunningServer;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.testing.agent.ServerPin;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.tls.TlsTrust;
import dev.sallyport.transport.websocket.WebSocketDialer;
import org.jspecify.annotations.Nullable;

/** A machine with a fake agent that dials the gateway, knows the server's key from its bundle and keeps its rolling secret. */
final class LiveMachine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AgentIdentity identity;
  private final ServerPin pin;
  private final List<byte[]> tlsPins;
  private @Nullable FakeAgent agent;
  private String id = "";

  private LiveMachine(String name, EnrolBundle bundle) {
    this.identity = AgentIdentity.fresh(name);
    this.pin = new ServerPin(bundle.serverKeys().getFirst().selector(), bundle.serverKeys().getFirst().x25519());
    this.tlsPins = bundle.tlsPins().stream().map(Bytes::toArray).toList();
  }

  /** Enrols with what an operator was given; the link stays. */
  static LiveMachine enrol(RunningServer server, String name, EnrolBundle bundle, OperationScript script)
      throws IOException, InterruptedException {
    var machine = new LiveMachine(name, bundle);
    FakeAgent agent = FakeAgent.enrol(machine.dial(server), machine.identity, machine.pin, bundle.token(), script);
    machine.agent = agent;
    machine.id = agent.awaitLinked().grant().agentId();
    return machine;
  }

  /** Comes back with another script. */
  FakeAgent connect(RunningServer server, OperationScript script) throws IOException, InterruptedException {
    FakeAgent connected = FakeAgent.connect(dial(server), identity, pin, script);
    agent = connected;
    return connected.awaitLinked();
  }

  String id() {
    return id;
  }

  FakeAgent agent() {
    if (agent == null) {
      throw new IllegalStateException("it is not connected");
    }
    return agent;
  }

  /** Loses its link. */
  void cut() {
    agent().close();
  }

  private Wire dial(RunningServer server) throws IOException {
    return new WebSocketDialer(TlsTrust.pinned(tlsPins)).dial(ServerAddress.of(server.agentAddress()), PATIENCE);
  }

  @Override
  public void close() {
    if (agent != null) {
      agent.close();
    }
  }
}
