package dev.sallyport.server.switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.channel.AgentMessage.Describe;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalSwitchboardTest {
  private static final OperationId ID = new OperationId("018bcfe5-6800-7000-8000-000000000000/0");
  private static final OperationId OTHER = new OperationId("018bcfe5-6800-7000-8000-000000000000/1");

  private final LocalSwitchboard switchboard = new LocalSwitchboard();
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void listen() {
    switchboard.listen(new SwitchboardListener() {
      @Override
      public void arrived(String machine, LinkFacts facts) {
        heard.add("arrived " + machine);
      }

      @Override
      public void left(String machine) {
        heard.add("left " + machine);
      }
    });
  }

  @Test
  void aCallGoesToTheMachinesLink() throws Exception {
    var link = new Link("m", "1");
    switchboard.up(link);
    switchboard.call("m", new OperationCall(ID, new HostOperation.Properties(), 0, Instant.EPOCH), OutputSink.none());
    switchboard.cancel("m", ID);
    switchboard.settle("m", List.of(ID));
    assertThat(link.seen).containsExactly("call", "cancel", "settle");
    assertThat(switchboard.facts("m")).contains(link.facts());
  }

  @Test
  void aMachineWithoutALinkCannotBeCalled() {
    assertThatThrownBy(
        () -> switchboard.call("m", new OperationCall(ID, new HostOperation.Properties(), 0, Instant.EPOCH),
            OutputSink.none()))
        .isInstanceOf(LinkLostException.class);
    switchboard.cancel("m", ID);
    switchboard.settle("m", List.of(ID));
    switchboard.close("m", GoAwayCode.POLICY);
    assertThat(switchboard.connected("m")).isFalse();
    assertThat(switchboard.facts("m")).isEmpty();
  }

  @Test
  void aNewLinkTakesThePlaceOfTheOldWhoseEndIsNoNews() {
    var old = new Link("m", "1");
    var fresh = new Link("m", "2");
    switchboard.up(old);
    switchboard.up(fresh);
    assertThat(old.seen).containsExactly("close SUPERSEDED");
    switchboard.down(old, "gone");

    assertThat(switchboard.connected("m")).isTrue();
    assertThat(heard).containsExactly("arrived m", "arrived m");
    switchboard.down(fresh, "gone");
    assertThat(heard).containsExactly("arrived m", "arrived m", "left m");
  }

  @Test
  void newsOfOneMachineComeOneAtATimeAndInOrder() throws Exception {
    var entered = new CountDownLatch(1);
    var proceed = new CountDownLatch(1);
    switchboard.listen(new SwitchboardListener() {
      @Override
      public void arrived(String machine, LinkFacts facts) {
        heard.add("again " + machine);
      }

      @Override
      public void left(String machine) {
        entered.countDown();
        try {
          assertThat(proceed.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    });
    var old = new Link("m", "1");
    switchboard.up(old);
    Thread leaving = Thread.ofPlatform().start(() -> switchboard.down(old, "gone"));
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    Thread arriving = Thread.ofPlatform().start(() -> switchboard.up(new Link("m", "2")));
    while (arriving.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(heard).containsExactly("arrived m", "again m", "left m");
    proceed.countDown();
    leaving.join();
    arriving.join();
    assertThat(heard).containsExactly("arrived m", "again m", "left m", "arrived m", "again m");
    assertThat(switchboard.connected("m")).isTrue();
  }

  @Test
  void aResultMayBeForgottenWhenNobodyNeedsIt() {
    var link = new Link("m", "1");
    assertThat(new LocalSwitchboard().held(link, List.of(ID))).as("while nobody listens yet").isEmpty();
    assertThat(switchboard.held(link, List.of(ID, OTHER))).containsExactly(ID, OTHER);
    switchboard.listen(new SwitchboardListener() {
      @Override
      public void arrived(String machine, LinkFacts facts) {
        heard.add("arrived");
      }

      @Override
      public List<OperationId> settled(String machine, List<OperationId> held) {
        return held.stream().filter(OTHER::equals).toList();
      }

      @Override
      public void left(String machine) {
        heard.add("left");
      }
    });
    assertThat(switchboard.held(link, List.of(ID, OTHER))).containsExactly(OTHER);
  }

  private record Link(String agentId, String linkId, List<String> seen) implements AgentLink {
    private Link(String agentId, String linkId) {
      this(agentId, linkId, new ArrayList<>());
    }

    @Override
    public LinkFacts facts() {
      return new LinkFacts(InetAddress.getLoopbackAddress(), "websocket", "", Instant.EPOCH, 1,
          new Describe("1", "m", "os", "", "arch", "", Instant.EPOCH, List.of()));
    }

    @Override
    public OperationResult call(OperationCall call, OutputSink sink) {
      seen.add("call");
      return OperationResult.found(Instant.EPOCH, Instant.EPOCH, JsonObject.EMPTY);
    }

    @Override
    public void cancel(OperationId id) {
      seen.add("cancel");
    }

    @Override
    public void settle(List<OperationId> ids) {
      seen.add("settle");
    }

    @Override
    public void policy(AgentPolicy policy) {
      seen.add("policy");
    }

    @Override
    public void servers(List<String> addresses) {
      seen.add("servers");
    }

    @Override
    public void close(GoAwayCode why) {
      seen.add("close " + why);
    }
  }
}
