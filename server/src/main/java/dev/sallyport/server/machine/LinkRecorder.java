package dev.sallyport.server.machine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.switchboard.SwitchboardListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what machines say of themselves when they come, and when they were last there. */
public final class LinkRecorder implements SwitchboardListener {
  private static final Logger LOG = LoggerFactory.getLogger(LinkRecorder.class);

  private final Store store;
  private final ChangeFeed feed;
  private final InstantSource clock;

  public LinkRecorder(Store store, ChangeFeed feed, InstantSource clock) {
    this.store = store;
    this.feed = feed;
    this.clock = clock;
  }

  @Override
  public void arrived(String machine, LinkFacts facts) {
    record(machine, () -> store.write(sql -> {
      new MachineTable(sql).arrived(machine, facts.description(), facts.remote(), facts.transport(),
          facts.inspectedBy(),
          facts.since());
      return null;
    }));
  }

  @Override
  public void way(String machine, List<Tried> tried) {
    var way = new FoundWay(clock.instant(), tried);
    record(machine, () -> store.write(sql -> {
      new MachineTable(sql).way(machine, way.text());
      return null;
    }));
  }

  @Override
  public void left(String machine) {
    Instant now = clock.instant();
    record(machine, () -> store.write(sql -> {
      new MachineTable(sql).left(machine, now);
      return null;
    }));
  }

  /** On a thread of its own: the link must not wait for the disk, and these words may be lost without harm. */
  private void record(String machine, Runnable write) {
    Thread.ofVirtual().name("record-" + machine).start(() -> {
      try {
        write.run();
      } catch (StoreUnavailableException e) {
        LOG.warn("what machine {} says of itself could not be stored: {}", machine, e.getMessage());
      }
      feed.machine(machine);
    });
  }
}
