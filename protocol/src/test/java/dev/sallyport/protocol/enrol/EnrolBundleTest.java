package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnrolBundleTest {
  private static final String SITE = "018f6a3c-5b1e-7000-8000-0123456789ab";
  private static final Instant EXPIRES = Instant.ofEpochSecond(1_700_000_000);
  private static final ServerKey KEY = new ServerKey(0, Bytes.of(new byte[32]));

  @ParameterizedTest
  @ValueSource(strings = {"wss://a.example/agent", "wss://a.example:8443/agent", "https://10.0.0.1",
      "http://[::1]:80/agent", "tcp://a:7000",
      "ftp://files.example/in/box", "ftps://user:password@files.example:2121", "tls://a",
      "wss://xn--bcher-kva.example:65535"})
  void takesAddressesOfEveryTransport(String address) {
    assertThat(bundle(List.of(URI.create(address)), List.of(KEY)).servers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://a.example", "WSS://a.example", "file:///etc/passwd", "javascript:alert(1)",
      "a.example:8443", "//a.example",
      "wss:a.example", "wss:///agent", "wss://user:password@a.example", "wss://user@a.example",
      "wss://a.example?token=1", "wss://a.example#x",
      "wss://a.example:0", "wss://a.example:65536", "wss://a_b.example", "jar:file:/x!/y", "ldap://a.example"})
  void refusesOtherAddresses(String address) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> bundle(List.of(URI.create(address)), List.of(KEY)))
        .withMessageStartingWith("server address: expected <wss|https|tls|http|tcp|ftps|ftp>://host[:port][/path]")
        .withMessageNotContaining("password");
  }

  @Test
  void saysNoPasswordOfAnFtpServer() {
    assertThat(bundle(List.of(URI.create("ftp://user:password@files.example")), List.of(KEY)).toString())
        .doesNotContain("password");
  }

  @Test
  void refusesTooManyAndTooFew() {
    URI server = URI.create("wss://a");
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> bundle(List.of(), List.of(KEY)));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> bundle(Collections.nCopies(17, server), List.of(KEY)));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> bundle(List.of(server), List.of()))
        .withMessage("serverKeys: expected 1 to 8 items, found 0");
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> bundle(List.of(server), List.of(KEY, KEY)))
        .withMessage("serverKeys: selector 0 twice");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> bundle().withGroups(Collections.nCopies(33, "g")));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> bundle().withGroups(List.of("a\nb")));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> bundle().withTlsPins(List.of(Bytes.of(new byte[20]))));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> bundle().withTlsPins(Collections.nCopies(9, Bytes.of(new byte[32]))));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> bundle(List.of(URI.create("wss://" + "a".repeat(600))), List.of(KEY)));
  }

  @Test
  void refusesAnEndThatHasNoForm() {
    for (Instant end : List.of(Instant.MIN, Instant.EPOCH.minusSeconds(1), Instant.MAX)) {
      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> EnrolBundle.of(SITE, List.of(URI.create("wss://a")), List.of(KEY),
              new EnrolToken(Bytes.of(new byte[16]), new byte[32]), end))
          .withMessage("exp: expected a time from 1970 to 9999");
    }
  }

  @Test
  void endsAtItsSecond() {
    assertThat(bundle().expiredAt(EXPIRES.minusNanos(1))).isFalse();
    assertThat(bundle().expiredAt(EXPIRES)).isTrue();
    assertThat(bundle().expiredAt(EXPIRES.plusSeconds(1))).isTrue();
  }

  @Test
  void keysHaveASelectorOfOneByteAnd32Bytes() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new ServerKey(-1, KEY.x25519()));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new ServerKey(256, KEY.x25519()));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new ServerKey(0, Bytes.of(new byte[31])));
  }

  @Test
  void anAuthorityIsThereWholeOrNotAtAll() {
    assertThat(AuthorityPin.NONE.isNone()).isTrue();
    assertThat(new AuthorityPin(1, KEY.x25519()).isNone()).isFalse();
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new AuthorityPin(0, KEY.x25519()));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new AuthorityPin(1, Bytes.EMPTY));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new AuthorityPin(-1, KEY.x25519()));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new AuthorityPin(1, Bytes.of(new byte[31])));
  }

  @Test
  @DisplayName("T3 a token is 16 public and 32 secret bytes, and its secret is never told")
  void aTokenKeepsItsSecret() {
    byte[] secret = new byte[32];
    secret[0] = 0x5a;
    EnrolToken token = new EnrolToken(Bytes.of(new byte[16]), secret);
    secret[0] = 0;
    assertThat(token.secret()[0]).isEqualTo((byte) 0x5a);
    assertThat(token).hasToString("EnrolToken[" + "00".repeat(16) + "]");
    assertThat(token.hashCode()).isEqualTo(token.id().hashCode());
    assertThat(token).isNotEqualTo(new EnrolToken(token.id(), new byte[32])).isNotEqualTo("x");
    token.close();
    assertThat(token.secret()).containsOnly(0);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new EnrolToken(Bytes.of(new byte[15]), new byte[32]));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new EnrolToken(Bytes.of(new byte[16]), new byte[16]));
  }

  private static EnrolBundle bundle() {
    return bundle(List.of(URI.create("wss://a")), List.of(KEY));
  }

  private static EnrolBundle bundle(List<URI> servers, List<ServerKey> keys) {
    return EnrolBundle.of(SITE, servers, keys, new EnrolToken(Bytes.of(new byte[16]), new byte[32]), EXPIRES);
  }
}
