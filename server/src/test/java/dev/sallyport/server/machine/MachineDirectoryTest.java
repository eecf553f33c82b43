package dev.sallyport.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sallyport.gateway.EnrolAnswer;
import dev.sallyport.gateway.EnrolCommand;
import dev.sallyport.gateway.EnrolmentToken;
import dev.sallyport.gateway.KnownAgent;
import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.site.Approval;
import dev.sallyport.server.site.EnrolmentTokens;
import dev.sallyport.server.site.Network;
import dev.sallyport.server.site.TokenTerms;
import dev.sallyport.server.store.SealBrokenException;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.rolling.EpochSecret;
import dev.sallyport.session.rolling.RollEvent;
import dev.sallyport.session.rolling.ServerSecrets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is let in, and what is kept of the rolling secret. */
class MachineDirectoryTest extends ServerTest {
  @Test
  void aKeyThatNobodyHasIsAStrangers() {
    assertThat(server.directory.find(key())).isEqualTo(new KnownAgent.Stranger());
  }

  @Test
  void aMachineThatEnrolledIsKnownByItsKeyWithItsFirstSecret() {
    byte[] key = key();
    String id = granted(enrol(key, token(1, Approval.AUTO), 10));

    assertThat(Uuids.require("id", id)).isEqualTo(id);
    var admitted = (KnownAgent.Admitted) server.directory.find(key);
    assertThat(admitted.agentId()).isEqualTo(id);
    assertThat(admitted.flags()).isEmpty();
    assertThat(admitted.secrets()).isEqualTo(ServerSecrets.enrolled(10, TestServer.secret(1)));
  }

  @Test
  void aMachineThatMustBeApprovedIsToldSo() {
    byte[] key = key();
    String id = granted(enrol(key, token(1, Approval.MANUAL), 10));
    assertThat(((KnownAgent.Admitted) server.directory.find(key)).flags()).containsExactly(ReplyFlag.PENDING_APPROVAL);

    assertThat(server.machines.approve(id)).isTrue();
    assertThat(server.machines.approve(id)).isFalse();
    assertThat(((KnownAgent.Admitted) server.directory.find(key)).flags()).isEmpty();
  }

  @Test
  void aDismissedMachineIsKnownAsSuchForEver() {
    byte[] key = key();
    String token = token(5, Approval.AUTO);
    String id = granted(enrol(key, token, 10));
    server.machines.revoke(id);

    assertThat(server.directory.find(key)).isEqualTo(new KnownAgent.Revoked(id));
    assertThat(enrol(key, token, 20)).isEqualTo(new EnrolAnswer.Denied(RefusalReason.REVOKED));
    assertThat(server.machines.approve(id)).isFalse();
  }

  @Test
  @DisplayName("K14 the floor is raised by compare-and-set of floor and newest epoch")
  void theFloorIsRaisedOnlyFromWhatWasRead() {
    String id = granted(enrol(key(), token(1, Approval.AUTO), 10));
    ServerSecrets read = ServerSecrets.enrolled(10, TestServer.secret(1));

    assertThat(server.directory.raiseFloor(id, read, 20)).isTrue();
    assertThat(server.directory.raiseFloor(id, read, 30)).as("another HELLO was faster").isFalse();
    var otherEpoch = new ServerSecrets(List.of(new EpochSecret(1, TestServer.secret(1))), 20);
    assertThat(server.directory.raiseFloor(id, otherEpoch, 30)).isFalse();
    assertThat(stored(id).attemptFloor()).isEqualTo(20);
  }

  @Test
  @DisplayName("K14 a commit counts only as long as its own attempt is the floor")
  void aCommitCountsOnlyForTheNewestHello() {
    String id = granted(enrol(key(), token(1, Approval.AUTO), 10));
    server.directory.raiseFloor(id, ServerSecrets.enrolled(10, TestServer.secret(1)), 20);
    var next = new ServerSecrets(
        List.of(new EpochSecret(1, TestServer.secret(2)), new EpochSecret(0, TestServer.secret(1))), 20);
    assertThat(server.directory.commit(id, 15, next)).isFalse();
    assertThat(server.directory.commit(id, 20, next)).isTrue();
    assertThat(stored(id)).isEqualTo(next);

    server.directory.raiseFloor(id, next, 30);
    assertThat(server.directory.commit(id, 20, next)).as("a late CONFIRM").isFalse();
  }

  @Test
  void aFloorThatCannotBeStoredIsAnException() {
    String id = granted(enrol(key(), token(1, Approval.AUTO), 10));
    server.store.full(true);
    assertThatThrownBy(() -> server.directory.raiseFloor(id, ServerSecrets.enrolled(10, TestServer.secret(1)), 20))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("A4 secrets lie sealed in the database, bound to their machine and epoch")
  void secretsLieSealed() {
    byte[] first = key();
    byte[] second = key();
    String one = granted(enrol(first, token(1, Approval.AUTO), 10));
    String two = granted(enrol(second, token(1, Approval.AUTO), 10));
    byte[] raw = TestServer.secret(1).bytes();
    byte[] sealed = database.<byte[]>read(
        sql -> sql.sql("SELECT secrets FROM machine_secret WHERE machine = ?").param(one)
            .query((row, _) -> row.getBytes(1)).single());
    assertThat(Bytes.of(sealed).hex()).doesNotContain(Bytes.of(raw).hex());

    database
        .write(sql -> sql.sql("UPDATE machine_secret SET secrets = ? WHERE machine = ?").params(sealed, two).update());
    assertThatThrownBy(() -> server.directory.find(second)).isInstanceOf(SealBrokenException.class);
    database.write(sql -> sql.sql("UPDATE machine_secret SET epoch = 7 WHERE machine = ?").param(one).update());
    assertThatThrownBy(() -> server.directory.find(first)).isInstanceOf(SealBrokenException.class);
  }

  @Test
  void enrollingAgainWithTheSameKeyAndTokenIsTheSameMachineAndTakesNoSecondUse() {
    byte[] key = key();
    String token = token(1, Approval.AUTO);
    String id = granted(enrol(key, token, 10));

    assertThat(granted(enrol(key, token, 20, 2))).isEqualTo(id);
    assertThat(stored(id)).isEqualTo(ServerSecrets.enrolled(20, TestServer.secret(2)));
    assertThat(enrol(key, token, 20, 3)).as("a replay").isEqualTo(new EnrolAnswer.Denied(RefusalReason.ATTEMPT_STALE));
    assertThat(stored(id)).isEqualTo(ServerSecrets.enrolled(20, TestServer.secret(2)));
  }

  @Test
  void aKnownKeyIsNotReplacedByAnotherToken() {
    byte[] key = key();
    String id = granted(enrol(key, token(1, Approval.MANUAL), 10));
    String other = token(1, Approval.AUTO);
    assertThat(enrol(key, other, 20)).isEqualTo(new EnrolAnswer.Denied(RefusalReason.BAD_TOKEN));
    assertThat(server.machines.find(id).orElseThrow().state()).isEqualTo(MachineState.PENDING);
    assertThat(granted(enrol(key(), other, 20))).as("the token was not used up").isNotEqualTo(id);
  }

  @Test
  @DisplayName("T15 a second enrolment of a host name is a new machine, never the old one")
  void aKnownNameIsNoIdentity() {
    String first = granted(enrol(key(), token(1, Approval.AUTO), 10));
    String second = granted(enrol(key(), token(1, Approval.MANUAL), 10));
    assertThat(second).isNotEqualTo(first);
    assertThat(server.machines.find(first).orElseThrow().state()).isEqualTo(MachineState.ACTIVE);
    assertThat(server.machines.find(second).orElseThrow().state()).isEqualTo(MachineState.PENDING);
  }

  @Test
  void aTokenAdmitsAsManyMachinesAsItMay() {
    String token = token(2, Approval.AUTO);
    granted(enrol(key(), token, 1));
    byte[] last = key();
    granted(enrol(last, token, 1));

    assertThat(enrol(key(), token, 1)).isEqualTo(new EnrolAnswer.Denied(RefusalReason.TOKEN_EXHAUSTED));
    assertThat(find(token, key())).isInstanceOf(EnrolmentToken.Exhausted.class);
    assertThat(find(token, last)).as("to a machine it has admitted it is live").isInstanceOf(EnrolmentToken.Live.class);
  }

  @Test
  void aTokenEndsWithItsTime() {
    String token = token(1, Approval.AUTO);
    assertThat(find(token, key())).isInstanceOf(EnrolmentToken.Live.class);
    clock.advance(Duration.ofHours(1));
    assertThat(find(token, key())).isInstanceOf(EnrolmentToken.Expired.class);
    assertThat(enrol(key(), token, 1)).isEqualTo(new EnrolAnswer.Denied(RefusalReason.TOKEN_EXPIRED));
  }

  @Test
  @DisplayName("T3 T27 a token is known by its id and proven by its secret; nothing else opens")
  void aTokenThatDoesNotExistIsAbsent() {
    assertThat(find(Bytes.of(new byte[16]).hex(), key())).isEqualTo(new EnrolmentToken.Absent());
    assertThat(enrol(key(), Bytes.of(new byte[16]).hex(), 1))
        .isEqualTo(new EnrolAnswer.Denied(RefusalReason.BAD_TOKEN));
  }

  @Test
  void theServerKnowsWhatTheBundlesSecretDerives() {
    EnrolmentTokens.Issued issued = server.tokens.issue(terms(1, Approval.MANUAL, List.of()), "olivia");
    Secret derived = TokenSecret.derive(issued.bundle().delivered().token().secret());
    var live = (EnrolmentToken.Live) find(issued.id(), key());
    assertThat(live.secret()).isEqualTo(derived);
    assertThat(live.flags()).containsExactly(ReplyFlag.PENDING_APPROVAL);
  }

  @Test
  void aTokenMayBeBoundToNetworks() throws Exception {
    String token = server.tokens.issue(terms(1, Approval.AUTO, List.of(new Network("10.1.0.0/16"))), "olivia").id();
    var live = (EnrolmentToken.Live) find(token, key());
    assertThat(live.from().test(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
    assertThat(live.from().test(InetAddress.ofLiteral("10.2.2.3"))).isFalse();
    assertThat(enrol(key(), token, 1)).as("from loopback").isEqualTo(new EnrolAnswer.Denied(RefusalReason.BAD_TOKEN));
  }

  @Test
  @DisplayName("K14 a machine without a common secret is quarantined until a person lets it in again")
  void aMachineWithoutACommonSecretIsQuarantined() {
    byte[] key = key();
    String token = token(2, Approval.AUTO);
    String id = granted(enrol(key, token, 10));
    server.directory.report(id, new RollEvent.NoCommonSecret());

    assertThat(server.directory.find(key)).isEqualTo(new KnownAgent.Quarantined(id));
    assertThat(enrol(key, token, 20)).isEqualTo(new EnrolAnswer.Denied(RefusalReason.QUARANTINED));
    assertThat(server.incidents.alarms(id)).extracting(MachineAlarm::kind).containsExactly("no-common-secret");
    assertThat(server.machines.approve(id)).isTrue();
    assertThat(server.directory.find(key)).isInstanceOf(KnownAgent.Admitted.class);
  }

  @Test
  void alarmsAreKeptNewestFirstAndInBounds() {
    String id = granted(enrol(key(), token(1, Approval.AUTO), 10));
    for (int i = 1; i <= LinkIncidents.MAX_ALARMS + 5; i++) {
      server.directory.report(id, new RollEvent.Resync(i));
    }
    server.directory.report(id, new RollEvent.AttemptRollback(3, 9));

    List<MachineAlarm> alarms = server.incidents.alarms(id);
    assertThat(alarms).hasSize(LinkIncidents.MAX_ALARMS);
    assertThat(alarms.getFirst().kind()).isEqualTo("attempt-rollback");
    assertThat(alarms.get(1).detail()).contains("105");
  }

  @Test
  void refusedAttemptsAreKeptAndAFullDiskStopsNobody() {
    var attempt = new RefusedAttempt(RefusalReason.UNKNOWN_KEY, InetAddress.getLoopbackAddress(), "websocket",
        "key:00\u0000\u202e", 5, 3,
        Instant.EPOCH);
    server.directory.refused(attempt);
    server.directory.refused(attempt);
    server.store.full(true);
    server.directory.refused(attempt);

    List<String> kept = database.read(sql -> sql.sql("SELECT reason, subject, times FROM refused_link ORDER BY id")
        .query((row, _) -> row.getString(1) + " " + row.getString(2) + " " + row.getLong(3)).list());
    assertThat(kept).containsExactly("unknown-key key:00\uFFFD\uFFFD 3", "unknown-key key:00\uFFFD\uFFFD 3");
  }

  @Test
  void refusedAttemptsAreKeptInBounds() {
    server.directory.refused(refusal());
    database.write(sql -> sql.sql("UPDATE refused_link SET id = ?").param(LinkIncidents.MAX_REFUSED * 2L).update());
    server.directory.refused(refusal());
    database.write(
        sql -> sql.sql("UPDATE refused_link SET id = 1 WHERE id = ?").param(LinkIncidents.MAX_REFUSED * 2L).update());
    server.directory.refused(refusal());

    assertThat(database.<Long>read(sql -> sql.sql("SELECT COUNT(*) FROM refused_link").query(Long.class).single()))
        .isEqualTo(2);
  }

  private static RefusedAttempt refusal() {
    return new RefusedAttempt(RefusalReason.MALFORMED, InetAddress.getLoopbackAddress(), "websocket", "", 0, 1,
        Instant.EPOCH);
  }

  private ServerSecrets stored(String id) {
    byte[] key = database.<byte[]>read(
        sql -> sql.sql("SELECT static_key FROM machine WHERE id = ?").param(id).query((row, _) -> row.getBytes(1))
            .single());
    return ((KnownAgent.Admitted) server.directory.find(key)).secrets();
  }

  private EnrolmentToken find(String token, byte[] key) {
    return server.directory.findToken(Bytes.ofHex(token).toArray(), key);
  }

  private EnrolAnswer enrol(byte[] key, String token, long attempt) {
    return enrol(key, token, attempt, 1);
  }

  private EnrolAnswer enrol(byte[] key, String token, long attempt, int secret) {
    return server.directory.enrol(new EnrolCommand(Bytes.of(key), Bytes.ofHex(token),
        ServerSecrets.enrolled(attempt, TestServer.secret(secret)), TestServer.request("web-1"),
        InetAddress.getLoopbackAddress()));
  }

  private String token(int uses, Approval approval) {
    return server.tokens.issue(terms(uses, approval, List.of()), "olivia").id();
  }

  private static TokenTerms terms(int uses, Approval approval, List<Network> networks) {
    return new TokenTerms(Duration.ofHours(1), uses, approval, networks, List.of());
  }

  private static String granted(EnrolAnswer answer) {
    return ((EnrolAnswer.Granted) answer).grant().agentId();
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
