package dev.sallyport.benchmark.inside;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sallyport.gateway.AgentDirectory;
import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.EnrolAnswer;
import dev.sallyport.gateway.EnrolCommand;
import dev.sallyport.gateway.EnrolmentToken;
import dev.sallyport.gateway.KnownAgent;
import dev.sallyport.gateway.LinkListener;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.enrol.EnrolGrant;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.rolling.RollEvent;
import dev.sallyport.session.rolling.ServerSecrets;

/** Lets everybody in who holds one token, and remembers nothing beyond this process: for measuring the gateway by itself. */
public final class OpenDoor implements AgentDirectory, LinkListener {
  private record Known(String id, ServerSecrets secrets) {}

  private final Secret token;
  private final String site = UUID.randomUUID().toString();
  private final Map<Bytes, Known> agents = new ConcurrentHashMap<>();
  private final List<AgentLink> links = new CopyOnWriteArrayList<>();

  public OpenDoor(Secret token) {
    this.token = token;
  }

  /** The links there are now. */
  public List<AgentLink> links() {
    return links;
  }

  @Override
  public KnownAgent find(byte[] agentStatic) {
    Known known = agents.get(Bytes.of(agentStatic));
    return known == null ? new KnownAgent.Stranger() : new KnownAgent.Admitted(known.id(), known.secrets(), Set.of());
  }

  @Override
  public EnrolmentToken findToken(byte[] tokenId, byte[] agentStatic) {
    return new EnrolmentToken.Live(token, _ -> true, Set.of());
  }

  @Override
  public boolean raiseFloor(String agentId, ServerSecrets expected, long attempt) {
    return replace(agentId, new ServerSecrets(expected.list(), attempt));
  }

  @Override
  public boolean commit(String agentId, long attempt, ServerSecrets next) {
    return replace(agentId, next);
  }

  private boolean replace(String agentId, ServerSecrets next) {
    agents.replaceAll((_, known) -> known.id().equals(agentId) ? new Known(agentId, next) : known);
    return true;
  }

  @Override
  public EnrolAnswer enrol(EnrolCommand command) {
    Known known = agents.computeIfAbsent(command.agentStatic(),
        _ -> new Known(UUID.randomUUID().toString(), command.secrets()));
    return new EnrolAnswer.Granted(new EnrolGrant(known.id(), site, AgentPolicy.DEFAULT));
  }

  @Override
  public void report(String agentId, RollEvent event) {
    throw new IllegalStateException("a fresh secret cannot have been rolled back: " + event);
  }

  @Override
  public void refused(RefusedAttempt attempt) {
    System.err.println("refused: " + attempt);
  }

  @Override
  public void up(AgentLink link) {
    links.add(link);
  }

  @Override
  public List<OperationId> held(AgentLink link, List<OperationId> held) {
    return held;
  }

  @Override
  public void down(AgentLink link, String reason) {
    links.remove(link);
  }
}
