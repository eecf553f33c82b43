package dev.sallyport.server.switchboard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.gateway.LinkListener;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import org.jspecify.annotations.Nullable;

/**
 * The switchboard of a server that is one process: a map from machine to link.
 *
 * <p>A machine may dial anew before its old link is known to be dead, so the news of the two come in any order. Whoever changes a
 * machine's entry holds that machine's lock (one of {@value #LOCKS}) until the listeners have heard of it; so they never hear "left" after
 * the "arrived" that overtook it. Reading takes no lock.
 */
public final class LocalSwitchboard implements Switchboard, LinkListener {
  private static final int LOCKS = 64;

  private final Map<String, AgentLink> links = new ConcurrentHashMap<>();
  private final List<SwitchboardListener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  /** A switchboard without links. */
  public LocalSwitchboard() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  @Override
  public void up(AgentLink link) {
    locked(link.agentId(), () -> {
      AgentLink older = links.put(link.agentId(), link);
      if (older != null && !older.linkId().equals(link.linkId())) {
        older.close(GoAwayCode.SUPERSEDED);
      }
      tell(listener -> listener.arrived(link.agentId(), link.facts()));
    });
  }

  /** What no listener needs; nothing as long as nobody listens. */
  @Override
  public List<OperationId> held(AgentLink link, List<OperationId> held) {
    List<OperationId> settled = listeners.isEmpty() ? List.of() : held;
    for (SwitchboardListener listener : listeners) {
      settled = listener.settled(link.agentId(), settled);
    }
    return settled;
  }

  @Override
  public void way(AgentLink link, List<Tried> tried) {
    tell(listener -> listener.way(link.agentId(), tried));
  }

  @Override
  public void down(AgentLink link, String reason) {
    locked(link.agentId(), () -> {
      if (links.remove(link.agentId(), link)) {
        tell(listener -> listener.left(link.agentId()));
      }
    });
  }

  @Override
  public boolean connected(String machine) {
    return links.containsKey(machine);
  }

  @Override
  public Optional<LinkFacts> facts(String machine) {
    return Optional.ofNullable(links.get(machine)).map(AgentLink::facts);
  }

  @Override
  public OperationResult call(String machine, OperationCall call, OutputSink sink)
      throws LinkLostException, InterruptedException {
    AgentLink link = links.get(machine);
    if (link == null) {
      throw new LinkLostException("machine " + machine + " is not connected");
    }
    return link.call(call, sink);
  }

  @Override
  public void cancel(String machine, OperationId id) {
    withLink(machine, link -> link.cancel(id));
  }

  @Override
  public void settle(String machine, List<OperationId> ids) {
    withLink(machine, link -> link.settle(ids));
  }

  @Override
  public void advise(String machine, AgentPolicy policy, List<String> addresses) {
    withLink(machine, link -> {
      link.policy(policy);
      link.servers(addresses);
    });
  }

  @Override
  public void close(String machine, GoAwayCode why) {
    withLink(machine, link -> link.close(why));
  }

  @Override
  public void listen(SwitchboardListener listener) {
    listeners.add(listener);
  }

  private void withLink(String machine, Consumer<AgentLink> use) {
    @Nullable
    AgentLink link = links.get(machine);
    if (link != null) {
      use.accept(link);
    }
  }

  private void tell(Consumer<SwitchboardListener> news) {
    listeners.forEach(news);
  }

  private void locked(String machine, Runnable work) {
    ReentrantLock lock = locks[Math.floorMod(machine.hashCode(), LOCKS)];
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }
}
