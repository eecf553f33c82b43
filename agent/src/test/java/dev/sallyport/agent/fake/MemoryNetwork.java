package dev.sallyport.agent.fake;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.memory.MemoryWire;
import dev.sallyport.transport.memory.Script;

/** The way from agents to a {@link FakeServer} in the same process, with accidents on request. */
public final class MemoryNetwork implements Dialer {
  public static final String ADDRESS = "wss://server.example/agent";

  private final FakeServer server;
  private final Map<Integer, Script> accidents = new ConcurrentHashMap<>();
  private final AtomicInteger dials = new AtomicInteger();
  private volatile boolean down;

  public MemoryNetwork(FakeServer server) {
    this.server = server;
  }

  /** The next connection but so many goes by this script; 0 is the next. */
  public void accident(int after, Script script) {
    accidents.put(dials.get() + after, script);
  }

  public void down(boolean isDown) {
    down = isDown;
  }

  public int dials() {
    return dials.get();
  }

  @Override
  public Wire dial(ServerAddress address, Duration timeout) throws IOException {
    int number = dials.getAndIncrement();
    if (down) {
      throw new IOException(address + " refused the connection; see whether the server runs and the port is right");
    }
    MemoryWire.Pair pair = MemoryWire.pair(accidents.getOrDefault(number, Script.faithful()));
    server.serve(pair.second());
    return pair.first();
  }
}
