package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.handshake.SessionKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A server's session against a peer made of the JDK's cipher and the words of {@code docs/protocol.md} alone: what is written
 * and read, byte by byte.
 */
class WireTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String CONFIRM = "01 00 0009 00000000 01 0000000000000007";
  private static final String ROLLED = "01 00 0009 00000000 02 0000000000000000";
  private static final String SWITCH = "01 00 0001 00000000 03";

  /** One direction under one key, as the page describes it. */
  private static final class Direction {
    private final byte[] cid;
    private byte[] key;
    private long sequence;

    Direction(byte[] key, byte[] cid) {
      this.key = key;
      this.cid = cid;
    }

    byte[] seal(String plaintext) {
      byte[] header = header();
      byte[] sealed = crypt(Cipher.ENCRYPT_MODE, HEX.parseHex(plaintext.replace(" ", "")), sequence++, header);
      return ByteBuffer.allocate(1 + header.length + sealed.length).put((byte) 0x10).put(header).put(sealed).array();
    }

    String open(byte[] message) {
      byte[] header = header();
      assertThat(message[0]).isEqualTo((byte) 0x10);
      assertThat(Arrays.copyOfRange(message, 1, 17)).as("cid and number").isEqualTo(header);
      return HEX.formatHex(crypt(Cipher.DECRYPT_MODE, Arrays.copyOfRange(message, 17, message.length), sequence++,
          header));
    }

    void rekey() {
      key = Arrays.copyOf(crypt(Cipher.ENCRYPT_MODE, new byte[32], -1, new byte[0]), 32);
    }

    private byte[] header() {
      return ByteBuffer.allocate(16).put(cid).putLong(sequence).array();
    }

    private byte[] crypt(int mode, byte[] text, long number, byte[] associated) {
      byte[] nonce = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(4, number).array();
      try {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(text);
      } catch (GeneralSecurityException e) {
        throw new AssertionError("record " + number, e);
      }
    }
  }

  private final TestKeys keys = new TestKeys();
  private final End server = new End(Role.SERVER, keys.of(Role.SERVER, 1), SessionLimits.standard(Role.SERVER));
  private Direction toServer = toServer(1);
  private Direction toAgent = toAgent(1);

  private Direction toServer(int generation) {
    SessionKeys agent = keys.of(Role.AGENT, generation);
    return new Direction(agent.sendKey(), agent.cid());
  }

  private Direction toAgent(int generation) {
    SessionKeys agent = keys.of(Role.AGENT, generation);
    return new Direction(agent.receiveKey(), agent.cid());
  }

  private void say(String plaintext) {
    server.session.receive(toServer.seal(plaintext));
  }

  private void hears(String plaintext) {
    assertThat(toAgent.open(server.fetch())).isEqualTo(plaintext.replace(" ", ""));
  }

  private void hearsNothing() {
    assertThat(server.session.nextMessage()).isNull();
  }

  @BeforeEach
  void begin() {
    say(CONFIRM);
    assertThat(server.words.remove().body()).isEqualTo(HEX.parseHex("0000000000000007"));
    hears(ROLLED);
  }

  @Test
  void aPingComesBack() {
    say("20 00 0008 00000000 0011223344556677");
    hears("21 00 0008 00000000 0011223344556677");
    hearsNothing();
  }

  @Test
  void manyFramesShareARecord() {
    say("00 00 0003 00000000 000000" + "20 00 0008 00000000 0000000000000001" + "22 00 0008 00000000 0000000000000005"
        + "20 00 0008 00000000 0000000000000002");
    hears("21 00 0008 00000000 0000000000000001" + "21 00 0008 00000000 0000000000000002");
  }

  @Test
  void aStreamOfTheAgentsIsOdd() throws Exception {
    say("10 00 0004 00000001 0002 abcd" + "11 01 0003 00000001 616263");
    End.Opened opened = server.nextOpened();
    assertThat(opened.kind()).isEqualTo(2);
    assertThat(opened.metadata()).isEqualTo(HEX.parseHex("abcd"));
    assertThat(End.read(opened.stream())).isEqualTo(HEX.parseHex("616263"));
    assertThat(opened.stream().read()).isNull();
    opened.stream().write(HEX.parseHex("78797a"), true);
    hears("11 01 0003 00000001 78797a");
    assertThat(server.session.openStreams()).isZero();
  }

  @Test
  void aStreamOfTheServersIsEven() throws Exception {
    server.session.open(1, HEX.parseHex("7b7d")).write(HEX.parseHex("01"), false);
    hears("10 00 0004 00000002 0001 7b7d" + "11 00 0001 00000002 01");
    server.session.open(1, new byte[0]).reset(1);
    hearsNothing(); // a stream that was never sent is never reset
    SessionStream third = server.session.open(1, new byte[0]);
    hears("10 00 0002 00000006 0001");
    third.reset(4);
    hears("13 00 0002 00000006 0004");
  }

  @Test
  void creditComesBackWhenHalfOfItIsRead() throws Exception {
    say("10 00 0002 00000001 0002");
    SessionStream stream = server.nextOpened().stream();
    for (int frame = 1; frame <= 8; frame++) {
      say("11 00 3ff8 00000001" + "00".repeat(0x3ff8));
      assertThat(End.read(stream)).hasSize(0x3ff8);
      if (frame < 8) {
        hearsNothing();
      }
    }
    hears("12 00 0004 00000001 00020000");
  }

  @Test
  void rekeyBeginsWithTheNextRecord() {
    say("32 00 0000 00000000" + "20 00 0008 00000000 0000000000000001");
    toServer.rekey();
    say("20 00 0008 00000000 0000000000000002");
    hears("21 00 0008 00000000 0000000000000001" + "21 00 0008 00000000 0000000000000002");
  }

  @Test
  void aGoawayNamesItsReasonAndTheWait() {
    server.session.goAway(GoAwayCode.POLICY, Duration.ofMillis(1_500));
    hears("3f 00 0006 00000000 0006 000005dc");
    hearsNothing();
  }

  @Test
  @DisplayName("B.7 an unknown frame is skipped, a critical one ends the session with GOAWAY PROTOCOL")
  void aCriticalUnknownFrameIsAViolation() {
    say("7f 00 0002 00000000 ffff");
    hearsNothing();
    say("7f 80 0000 00000000");
    hears("3f 00 0006 00000000 0002 00000000");
    hearsNothing();
  }

  @Test
  @DisplayName("B.7 a frame without credit ends the session with GOAWAY FLOW")
  void aFrameWithoutCreditIsAViolation() {
    say("10 00 0002 00000001 0002");
    for (int frame = 1; frame <= 16; frame++) {
      say("11 00 3ff8 00000001" + "00".repeat(0x3ff8));
    }
    hearsNothing();
    say("11 00 0000 00000001");
    hears("3f 00 0006 00000000 0003 00000000");
  }

  private Direction newToServer() {
    say("30 00 0629 00000000 01" + "00".repeat(1_576));
    byte[] reply = new byte[1_289];
    reply[0] = 2;
    server.session.acceptRehandshake(reply, keys.of(Role.SERVER, 2));
    hears("31 00 0509 00000000 02" + "00".repeat(1_288));
    Direction newToServer = toServer(2);
    server.session.receive(newToServer.seal(CONFIRM));
    assertThat(server.words.remove().verb()).isEqualTo(ControlVerb.CONFIRM);
    return newToServer;
  }

  @Test
  void nothingComesWithSwitch() {
    newToServer();
    assertThat(toAgent(2).open(server.fetch())).isEqualTo(ROLLED.replace(" ", ""));
    hears(SWITCH);
    say("01 00 0002 00000000 03 00");
    assertThat(server.closedBecause()).hasMessage("SWITCH with a body");
  }

  @Test
  void confirmAndRolledOpenTheNewKeysAndSwitchClosesTheOld() {
    Direction newToServer = newToServer();
    Direction newToAgent = toAgent(2);
    assertThat(newToAgent.open(server.fetch())).isEqualTo(ROLLED.replace(" ", ""));
    hears(SWITCH);
    say("20 00 0008 00000000 0000000000000001"); // still under the old keys
    say(SWITCH);

    toServer = newToServer;
    toAgent = newToAgent;
    hears("21 00 0008 00000000 0000000000000001");
    say("20 00 0008 00000000 0000000000000002");
    hears("21 00 0008 00000000 0000000000000002");
    assertThat(toServer.sequence).isEqualTo(2);
    assertThat(toAgent.sequence).isEqualTo(3);
  }
}
