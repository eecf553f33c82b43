package dev.sallyport.transport.proxy.ntlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class NtlmLoginTest {
  /** Domain "Domain" and server "Server" as in MS-NLMP section 4.2.4. */
  private static final String NAMES = "02000c0044006f006d00610069006e0001000c00530065007200760065007200";
  private static final String END = "00000000";
  private static final String TIME = "070008000011223344556677";
  private static final Instant WINDOWS_EPOCH = Instant.parse("1601-01-01T00:00:00Z");

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] challenge(String target) {
    byte[] info = bytes(target);
    return ByteBuffer.allocate(56 + info.length).order(ByteOrder.LITTLE_ENDIAN).put(Flags.SIGNATURE).putInt(2)
        .putLong(0).putInt(0xE28A_8233).put(bytes("0123456789abcdef")).putLong(0).putShort((short) info.length)
        .putShort((short) info.length).putInt(56).putLong(0).put(info).array();
  }

  private static NtlmLogin login(String user, InstantSource clock) {
    return new NtlmLogin(user, "Password", new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0xAA);
      }
    }, clock);
  }

  private static byte[] field(byte[] message, int at) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    int length = in.getShort(at);
    assertThat(in.getShort(at + 2)).isEqualTo((short) length);
    byte[] field = new byte[length];
    in.get(in.getInt(at + 4), field);
    return field;
  }

  @Test
  @DisplayName("MS-NLMP section 4.2.4: key, proof and both answers")
  void answersAsPublished() {
    byte[] message = login("Domain\\User", InstantSource.fixed(WINDOWS_EPOCH)).authenticate(challenge(NAMES + END));

    assertThat(hex(field(message, 12))).isEqualTo("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa");
    assertThat(hex(field(message, 20))).isEqualTo("68cd0ab851e51c96aabc927bebef6a1c"
        + "01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000" + NAMES + END + "00000000");
    assertThat(new String(field(message, 28), StandardCharsets.UTF_16LE)).isEqualTo("Domain");
    assertThat(new String(field(message, 36), StandardCharsets.UTF_16LE)).isEqualTo("User");
    assertThat(field(message, 44)).as("the machine's name").isEmpty();
    assertThat(field(message, 52)).as("a session key").isEmpty();
    assertThat(Arrays.copyOfRange(message, 72, 88)).as("code").containsOnly(0);
    try (NtlmKey key = NtlmKey.of("User", "Domain", "Password")) {
      assertThat(hex(key.sign(bytes("68cd0ab851e51c96aabc927bebef6a1c"))))
          .isEqualTo("8de40ccadbc14a82f15cb0ad0de95ca3");
    }
  }

  @Test
  void offersNeitherVersionOneNorAnythingOfRc4() {
    byte[] message = login("jane", InstantSource.system()).negotiate();

    assertThat(hex(message)).startsWith("4e544c4d5353500001000000").hasSize(64);
    int flags = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    assertThat(flags & 0x4000_00B0).as("key exchange, sealing, LAN manager key, signing").isZero();
  }

  @Test
  void whereTheServerTellsTheTimeACodeCoversAllThreeMessages() throws Exception {
    NtlmLogin login = login("Domain\\User", InstantSource.system());
    byte[] challenge = challenge(NAMES + TIME + END);
    byte[] message = login.authenticate(challenge);

    assertThat(field(message, 12)).as("the weaker answer").hasSize(24).containsOnly(0);
    byte[] answer = field(message, 20);
    assertThat(hex(Arrays.copyOfRange(answer, 24, 32))).as("its time, not ours").isEqualTo("0011223344556677");
    assertThat(hex(answer)).endsWith(NAMES + TIME + "0600040002000000" + END + "00000000");
    byte[] proof = Arrays.copyOf(answer, 16);
    byte[] session = mac(bytes("0c868a403bfd7a93a3001ef22ef02e3f"), proof);
    byte[] without = message.clone();
    Arrays.fill(without, 72, 88, (byte) 0);
    assertThat(Arrays.copyOfRange(message, 72, 88)).isEqualTo(mac(session, login.negotiate(), challenge, without));
  }

  private static byte[] mac(byte[] key, byte[]... parts) throws Exception {
    Mac mac = Mac.getInstance("HmacMD5");
    mac.init(new SecretKeySpec(key, "HmacMD5"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  @Test
  void aNameWithAnAtSignIsSentWhole() {
    byte[] message = login("jane@office.example", InstantSource.system()).authenticate(challenge(NAMES + END));

    assertThat(field(message, 28)).isEmpty();
    assertThat(new String(field(message, 36), StandardCharsets.UTF_16LE)).isEqualTo("jane@office.example");
  }

  @Test
  void upperCaseIsThatOfSingleLetters() {
    try (NtlmKey one = NtlmKey.of("strauß", "", "x"); NtlmKey other = NtlmKey.of("STRAUß", "", "x")) {
      assertThat(one.sign(new byte[1])).isEqualTo(other.sign(new byte[1]));
    }
  }

  @Test
  void refusesWhatIsNoChallenge() {
    NtlmLogin login = login("jane", InstantSource.system());
    byte[] tooFar = challenge(NAMES + END);
    tooFar[44] = 120;
    byte[] negative = challenge(NAMES + END);
    negative[47] = (byte) 0x80;
    byte[] ascii = challenge(NAMES + END);
    ascii[20] = 2;
    for (byte[] bad : new byte[][]{{}, new byte[100], Arrays.copyOf(challenge(""), 31), tooFar, negative, ascii,
        challenge(NAMES), challenge("0200ff00" + END), challenge(NAMES + NAMES + END),
        challenge("06000100ff" + TIME + END)}) {
      assertThatThrownBy(() -> login.authenticate(bad)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void noBytesMakeItFailOtherwise() {
    NtlmLogin login = login("jane", InstantSource.system());
    byte[] good = challenge(NAMES + TIME + END);
    var random = new Random(7);
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        understood += login.authenticate(bad).length > 0 ? 1 : 0;
      } catch (ProtocolException e) {
        assertThat(e).hasMessageContaining("NTLM");
      }
    }
    assertThat(understood).isPositive();
  }
}
