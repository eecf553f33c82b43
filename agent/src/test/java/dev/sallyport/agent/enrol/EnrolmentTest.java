package dev.sallyport.agent.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;

import dev.sallyport.agent.AgentFailure;
import dev.sallyport.agent.ExitCode;
import dev.sallyport.agent.fake.FakeLink;
import dev.sallyport.agent.fake.FakeServer;
import dev.sallyport.agent.fake.Ids;
import dev.sallyport.agent.fake.MemoryNetwork;
import dev.sallyport.agent.fake.TestAgent;
import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.state.FaultyDisk;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.transport.memory.Direction;
import dev.sallyport.transport.memory.Script;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(240)
final class EnrolmentTest {
  private final FakeServer server = new FakeServer();
  private final MemoryNetwork network = new MemoryNetwork(server);
  private final TestAgent agent = new TestAgent(network);

  private SignedBundle bundle() {
    return server.bundle(MemoryNetwork.ADDRESS);
  }

  /** The machine is a member, the server knows it, and it takes orders. */
  private void requireMember(TestAgent member) throws Exception {
    assertThat(Membership.exists(member.disk())).isTrue();
    member.start();
    assertThat(orderOnAnyLink().result().outcome()).isEqualTo(Outcome.DONE);
    member.stop();
  }

  /** An enrolment that was cut may have left a link behind that is over, or will be in a moment. */
  private FakeLink.Answer orderOnAnyLink() {
    while (true) {
      FakeLink link = server.awaitLink();
      try {
        return link.order(Ids.next(), new HostOperation.Properties());
      } catch (FakeLink.LinkLost e) {
        assertThat(e).as("the next link is tried").isNotNull();
      }
    }
  }

  private static ExitCode exitCode(Throwable failure) {
    return ((AgentFailure) failure).exitCode();
  }

  @Test
  @DisplayName("K12 a machine enrols once and is a member from then on")
  void enrols() throws Exception {
    Enrolment.Enrolled enrolled = agent.enrol(bundle());

    assertThat(enrolled.membership().agentId()).isEqualTo(server.agentIds().getFirst());
    assertThat(enrolled.approved()).isTrue();
    assertThat(server.usesLeft()).isZero();
    assertThat(server.requests().getFirst().hostname()).isEqualTo("host");
    assertThat(Membership.load(agent.disk())).isEqualTo(enrolled.membership());
    requireMember(agent);
  }

  @Test
  void tellsWhenAnOperatorMustApprove() throws Exception {
    server.flags(Set.of(ReplyFlag.PENDING_APPROVAL));

    assertThat(agent.enrol(bundle()).approved()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  @DisplayName("B.2.2 wherever an enrolment is cut, pasting the line again makes the same machine and uses the token once")
  void aRepetitionMakesTheSameMachine(Cut cut) throws Exception {
    switch (cut) {
      case HELLO_LOST -> network.accident(0, Script.cutBefore(Direction.TO_SECOND, 0));
      case REPLY_LOST -> network.accident(0, Script.cutBefore(Direction.TO_FIRST, 0));
      case CONFIRM_LOST -> network.accident(0, Script.cutBefore(Direction.TO_SECOND, 1));
      case NOT_COMMITTED -> server.losesConfirm(true);
      case ROLLED_NOT_SENT -> server.losesRolled(true);
      case ROLLED_LOST -> network.accident(0, Script.cutBefore(Direction.TO_FIRST, 1));
    }
    assertThatThrownBy(() -> agent.enrol(bundle())).isInstanceOf(Exception.class);
    assertThat(Membership.exists(agent.disk())).isFalse();
    server.losesConfirm(false);
    server.losesRolled(false);
    TestAgent again = agent.afterKill();

    Enrolment.Enrolled enrolled = again.enrol(bundle());

    assertThat(server.machines()).isEqualTo(1);
    assertThat(server.usesLeft()).isZero();
    assertThat(enrolled.membership().agentId()).isEqualTo(server.agentIds().getFirst());
    assertThat(server.requests()).extracting(request -> request.signingKey())
        .containsOnly(server.requests().getFirst().signingKey());
    requireMember(again);
  }

  enum Cut {
    HELLO_LOST, REPLY_LOST, CONFIRM_LOST, NOT_COMMITTED, ROLLED_NOT_SENT, ROLLED_LOST
  }

  @Test
  @DisplayName("B.2.2 a power failure at any step of an enrolment is repaired by pasting the line again")
  void aPowerFailureAtAnyStep() throws Exception {
    agent.enrol(bundle());
    int steps = agent.disk().steps() + agent.journalDisk().steps();
    assertThat(steps).isGreaterThan(15);
    for (int step = 1; step <= agent.disk().steps(); step++) {
      var another = new FakeServer();
      var broken = new TestAgent(new FaultyDisk(), new FaultyDisk(), new MemoryNetwork(another), agent.clock(),
          dev.sallyport.agent.execute.Performer.of(TestAgent.primitives()));
      broken.disk().powerFailsAt(step);
      try {
        broken.enrol(another.bundle(MemoryNetwork.ADDRESS));
      } catch (FaultyDisk.PowerFailure e) {
        assertThat(broken.disk().steps()).isEqualTo(step);
      }
      for (long seed = 0; seed < 3; seed++) {
        another.tokenUses(Math.max(another.usesLeft(), 1));
        TestAgent after = broken.afterPowerFailure(seed);
        after.enrol(another.bundle(MemoryNetwork.ADDRESS));

        after.start();
        another.awaitLink();
        after.stop();
      }
    }
  }

  @Test
  void anEnrolmentWhoseTokenEndedMeanwhileIsStillRecognised() throws Exception {
    network.accident(0, Script.cutBefore(Direction.TO_FIRST, 1));
    assertThatThrownBy(() -> agent.enrol(bundle())).isInstanceOf(AgentFailure.class);
    server.refuseEnrolments(Status.TOKEN_EXPIRED);

    Enrolment.Enrolled enrolled = agent.enrol(bundle());

    assertThat(enrolled.membership().agentId()).as("told only in the lost message").isEmpty();
    requireMember(agent);
  }

  @Test
  void aUsedUpOrWrongTokenIsToldAndChangesNothing() {
    server.tokenUses(0);

    assertThatThrownBy(() -> agent.enrol(bundle())).isInstanceOf(AgentFailure.class).hasMessageContaining("used up")
        .satisfies(failure -> assertThat(exitCode(failure)).isEqualTo(ExitCode.REFUSED));
    assertThat(server.machines()).isZero();
    assertThat(Membership.exists(agent.disk())).isFalse();
  }

  @Test
  void everyRefusalIsToldWithWhatToDo() {
    for (Status status : new Status[]{Status.TOKEN_EXPIRED, Status.TOKEN_EXHAUSTED, Status.UPGRADE_REQUIRED}) {
      server.refuse(status, Duration.ZERO);
      assertThatThrownBy(() -> agent.enrol(bundle())).isInstanceOf(AgentFailure.class)
          .hasMessageContaining(dev.sallyport.agent.link.Advice.of(status))
          .satisfies(failure -> assertThat(exitCode(failure)).isEqualTo(ExitCode.REFUSED));
    }
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    server.fail(FailCode.BUSY, Duration.ofSeconds(3));
    assertThatThrownBy(() -> agent.enrol(bundle())).isInstanceOf(AgentFailure.class)
        .satisfies(failure -> assertThat(exitCode(failure)).isEqualTo(ExitCode.UNAVAILABLE));
    assertThat(agent.clock().pauses()).hasSizeGreaterThan(1)
        .allSatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(11)));

    server.accept();
    agent.enrol(bundle());
    requireMember(agent);
  }

  @Test
  void anUnreachableServerIsTold() {
    network.down(true);

    assertThatThrownBy(() -> agent.enrol(bundle())).isInstanceOf(AgentFailure.class)
        .hasMessageContaining("refused the connection")
        .satisfies(failure -> assertThat(exitCode(failure)).isEqualTo(ExitCode.UNAVAILABLE));
  }

  @Test
  @DisplayName("T44 a server other than the bundle's gets neither token nor request")
  void anotherServerIsNotBelieved() {
    var other = new FakeServer();

    assertThatThrownBy(() -> agent.enrol(other.bundle(MemoryNetwork.ADDRESS))).isInstanceOf(AgentFailure.class)
        .satisfies(failure -> assertThat(exitCode(failure)).isEqualTo(ExitCode.REFUSED));
    assertThat(server.requests()).isEmpty();
    assertThat(other.requests()).isEmpty();
  }

  @Test
  @DisplayName("T15 a machine enrolled anew is a new machine, whatever its name: it has no key of the old one")
  void aFreshEnrolmentIsANewMachine() throws Exception {
    server.tokenUses(2);
    agent.enrol(bundle());
    var fresh = new TestAgent(network);
    fresh.enrol(bundle());

    assertThat(server.machines()).isEqualTo(2);
    assertThat(server.requests()).extracting(request -> request.hostname()).containsOnly("host");
    assertThat(server.requests().get(0).signingKey()).isNotEqualTo(server.requests().get(1).signingKey());
  }

  @Test
  void aClockFarAheadOrBehindDoesNotHinder() throws Exception {
    agent.clock().jump(Duration.ofDays(-400));
    agent.enrol(bundle());
    requireMember(agent);
  }
}
