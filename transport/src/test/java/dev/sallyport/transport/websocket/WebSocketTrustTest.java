package dev.sallyport.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.sallyport.transport.Wire;
import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TestIdentity;
import dev.sallyport.transport.tls.TlsTrust;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("T20 every outgoing TLS connection checks the server's certificate")
class WebSocketTrustTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestAuthority authority = new TestAuthority("Known Root");
  private final TlsTrust known = TlsTrust.authorities(List.of(authority.root()));

  @Test
  void believesWhatAKnownAuthorityVouchesForUnderTheDialledName() throws IOException {
    assertThat(factsOf(authority.issue("localhost"), "localhost", known)).isNotEmpty();
  }

  @Test
  void believesACertificateForTheDialledAddress() throws IOException {
    assertThat(factsOf(authority.issue("127.0.0.1"), "127.0.0.1", known)).isNotEmpty();
  }

  @Test
  void tellsTheDigestOfTheCertificateItSaw() throws IOException {
    TestIdentity identity = authority.issue("localhost");

    assertThat(factsOf(identity, "localhost", known)).isEqualTo(identity.certificatePin());
  }

  @Test
  void refusesACertificateForAnotherName() {
    assertThatThrownBy(dialling(authority.issue("elsewhere.example"), known)).isInstanceOf(IOException.class)
        .hasMessageContaining("for another name").hasMessageContaining("dial the name it is made for");
  }

  @Test
  void refusesANameWhereTheCertificateHasAnAddress() {
    assertThatThrownBy(dialling(authority.issue("127.0.0.1"), known)).hasMessageContaining("for another name");
  }

  @Test
  void refusesAnExpiredCertificate() {
    assertThatThrownBy(dialling(authority.issueExpired("localhost"), known)).isInstanceOf(IOException.class)
        .hasMessageContaining("expired on").hasMessageContaining("renew it");
  }

  @Test
  void refusesACertificateThatIsNotValidYet() {
    assertThatThrownBy(dialling(authority.issueEarly("localhost"), known)).isInstanceOf(IOException.class)
        .hasMessageContaining("valid only from").hasMessageContaining("clock");
  }

  @Test
  void refusesASelfSignedCertificate() {
    assertThatThrownBy(dialling(TestAuthority.selfSigned("localhost"), known)).isInstanceOf(IOException.class)
        .hasMessageContaining("self-signed").hasMessageContaining("enrol with a bundle that pins it");
  }

  @Test
  void refusesAnUnknownAuthority() {
    TestIdentity identity = new TestAuthority("Unknown Root").issue("localhost");

    assertThatThrownBy(dialling(identity, known)).isInstanceOf(IOException.class)
        .hasMessageContaining("no authority this machine believes").hasMessageContaining("Unknown Root");
  }

  @Test
  void theMachinesOwnAuthoritiesAreTheDefaultAndDoNotVouchForStrangers() {
    assertThatThrownBy(dialling(authority.issue("localhost"), TlsTrust.system()))
        .hasMessageContaining("no authority this machine believes");
  }

  @Test
  void believesAPinnedCertificateWhateverItsNameAndAuthority() throws IOException {
    TestIdentity identity = TestAuthority.selfSigned("some-name");

    assertThat(factsOf(identity, "localhost", TlsTrust.pinned(List.of(identity.certificatePin())))).isNotEmpty();
  }

  @Test
  void aPinnedKeyOutlivesTheRenewalOfItsCertificate() throws IOException {
    TestIdentity before = TestAuthority.selfSigned("localhost");
    TestIdentity after = TestAuthority.renewed(before, "localhost");

    assertThat(after.certificatePin()).isNotEqualTo(before.certificatePin());
    assertThat(factsOf(after, "localhost", TlsTrust.pinned(List.of(before.keyPin())))).isNotEmpty();
  }

  @Test
  void refusesACertificateThatIsNotThePinnedOne() {
    TlsTrust wrong = TlsTrust.pinned(List.of(TestAuthority.selfSigned("localhost").certificatePin()));

    assertThatThrownBy(dialling(TestAuthority.selfSigned("localhost"), wrong)).isInstanceOf(IOException.class)
        .hasMessageContaining("not the pinned one").hasMessageContaining("enrol with a new bundle");
  }

  @Test
  @DisplayName("T44 whoever takes over the name and a public authority is not believed where the key is pinned")
  void takingOverNameAndAuthorityIsNotEnough() {
    TestIdentity genuine = authority.issue("localhost");
    TestIdentity taken = authority.issue("localhost");

    assertThatThrownBy(dialling(taken, TlsTrust.pinned(List.of(genuine.keyPin(), genuine.certificatePin()))))
        .hasMessageContaining("not the pinned one");
  }

  @Test
  void pinsBesideAuthoritiesKeepAgentsConnectedWhenTheServerGetsAPublicCertificate() throws IOException {
    TestIdentity own = TestAuthority.selfSigned("localhost");
    TlsTrust both = known.orPinned(List.of(own.keyPin()));

    assertThat(factsOf(own, "localhost", both)).isNotEmpty();
    assertThat(factsOf(authority.issue("localhost"), "localhost", both)).isNotEmpty();
  }

  @Test
  void pinsBesideAuthoritiesDoNotWeakenTheCheckOfOthers() {
    TlsTrust both = known.orPinned(List.of(TestAuthority.selfSigned("localhost").keyPin()));

    assertThatThrownBy(dialling(TestAuthority.selfSigned("localhost"), both))
        .hasMessageContaining("not the pinned one").hasMessageContaining("enrol with a new bundle");
    assertThatThrownBy(dialling(authority.issue("elsewhere.example"), both)).hasMessageContaining("for another name");
    assertThatThrownBy(dialling(authority.issueExpired("localhost"), both)).hasMessageContaining("expired on");
  }

  @Test
  void trustInNobodyCannotBeAsked() {
    assertThatThrownBy(() -> TlsTrust.pinned(List.of())).hasMessageContaining("nobody could be believed");
    assertThatThrownBy(() -> TlsTrust.pinned(List.of(new byte[20]))).hasMessageContaining("32 bytes");
  }

  private static byte[] factsOf(TestIdentity identity, String host, TlsTrust trust) throws IOException {
    try (ScriptedServer server = ScriptedServer.webSocket(identity, (in, out) -> in.transferTo(out));
        Wire wire = new WebSocketDialer(trust).dial(server.address(host), PATIENCE)) {
      return wire.facts().tlsLeafSha256();
    }
  }

  private static ThrowingCallable dialling(TestIdentity identity, TlsTrust trust) {
    return () -> factsOf(identity, "localhost", trust);
  }
}
