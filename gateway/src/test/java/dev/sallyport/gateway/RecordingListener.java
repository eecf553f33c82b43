package dev.sallyport.gateway;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.operation.OperationId;

/** Keeps what the gateway tells, for a test to wait for. */
public final class RecordingListener implements LinkListener {
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<AgentLink> up = new LinkedBlockingQueue<>();
  private final BlockingQueue<Down> down = new LinkedBlockingQueue<>();
  private final Set<OperationId> stored = ConcurrentHashMap.newKeySet();

  /** A link that ended. */
  public record Down(AgentLink link, String reason) {}

  /** From now on, these results count as stored. */
  public void stored(List<OperationId> ids) {
    stored.addAll(ids);
  }

  /** Waits for the next link. */
  public AgentLink awaitUp() throws InterruptedException {
    return taken(up, "no link came up");
  }

  /** Waits for the next link to end. */
  public Down awaitDown() throws InterruptedException {
    return taken(down, "no link ended");
  }

  /** Links that came up and were not waited for. */
  public int upCount() {
    return up.size();
  }

  private static <T> T taken(BlockingQueue<T> queue, String otherwise) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError(otherwise);
    }
    return next;
  }

  @Override
  public void up(AgentLink link) {
    up.add(link);
  }

  @Override
  public List<OperationId> held(AgentLink link, List<OperationId> held) {
    return held.stream().filter(stored::contains).toList();
  }

  @Override
  public void down(AgentLink link, String reason) {
    down.add(new Down(link, reason));
  }
}
