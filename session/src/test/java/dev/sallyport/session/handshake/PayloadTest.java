package dev.sallyport.session.handshake;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
  private static final HelloPayload HELLO = new HelloPayload(HelloKind.SESSION, 1, 2, 3, 4,
      List.of(new byte[16], Fixed.range(1, 16)));

  @Test
  void everyHelloPayloadSurvivesEncoding() {
    Seeds.forSeeds(200, random -> {
      List<byte[]> proofs = IntStream.range(0, random.nextInt(6)).mapToObj(_ -> Seeds.bytes(random, 16)).toList();
      HelloPayload payload = new HelloPayload(Seeds.oneOf(random, HelloKind.values()),
          random.nextLong(1, HelloPayload.MAX_ATTEMPT), random.nextLong(0, Long.MAX_VALUE), random.nextInt(),
          random.nextInt(), proofs);
      assertThat(payload.encode()).hasSize(256);
      assertThat(HelloPayload.decode(payload.encode())).usingRecursiveComparison().isEqualTo(payload);
    });
  }

  @Test
  void everyReplyPayloadSurvivesEncoding() {
    Seeds.forSeeds(200, random -> {
      Status status = Seeds.oneOf(random, Status.values());
      Set<ReplyFlag> flags = Arrays.stream(ReplyFlag.values()).filter(_ -> random.nextBoolean())
          .collect(Collectors.toSet());
      SessionTerms terms = new SessionTerms(1 + random.nextInt(65_519), 1 + random.nextInt(1 << 30),
          1 + random.nextInt(1 << 30), Duration.ofSeconds(1 + random.nextInt(65_535)),
          Duration.ofSeconds(random.nextInt(65_536)));
      ReplyPayload payload = new ReplyPayload(status, flags, random.nextInt(), random.nextLong(0, Long.MAX_VALUE),
          random.nextLong(0, HelloPayload.MAX_ATTEMPT), random.nextLong(0, Long.MAX_VALUE), terms,
          Duration.ofMillis(random.nextLong(0, 1L << 32)));
      int index = status == Status.OK ? random.nextInt(5) : Slp.NO_SECRET;
      assertThat(payload.encode(index)).hasSize(128);
      assertThat(ReplyPayload.decode(payload.encode(index), index)).isEqualTo(payload);
    });
  }

  @ParameterizedTest
  @CsvSource({"0,2,ver", "1,0,kind", "1,4,kind", "2,1,flags", "3,1,flags", "4,128,attempt", "4,64,attempt",
      "11,0,attempt", "12,255,agentTimeMs", "28,6,k", "28,255,k", "29,1,reserved", "31,1,reserved", "64,1,padding",
      "255,1,padding"})
  void aHelloPayloadWithOneWrongByteNamesTheField(int at, int value, String field) {
    byte[] bytes = HELLO.encode();
    bytes[at] = (byte) value;
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> HelloPayload.decode(bytes))
        .withMessageContaining("payload1." + field);
  }

  @ParameterizedTest
  @CsvSource({"0,0,ver", "1,10,status", "2,1,pskIndex", "3,8,flags", "8,128,serverTimeMs", "16,128,attempt",
      "24,255,epoch", "32,1,maxRecord", "32,255,maxRecord", "36,128,streamCredit", "40,128,sessionCredit",
      "52,1,padding", "127,1,padding"})
  void aReplyPayloadWithOneWrongByteNamesTheField(int at, int value, String field) {
    byte[] bytes = Ends.ok(1).encode(0);
    bytes[at] = (byte) value;
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> ReplyPayload.decode(bytes, 0))
        .withMessageContaining("payload2." + field);
  }

  @ParameterizedTest
  @CsvSource({"32,4", "36,4", "40,4", "44,2"})
  void aSessionWithoutRoomIsNotGranted(int at, int length) {
    byte[] bytes = Ends.ok(1).encode(0);
    Arrays.fill(bytes, at, at + length, (byte) 0);
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> ReplyPayload.decode(bytes, 0))
        .withMessageContaining("of zero");
  }

  @Test
  void aPayloadHasItsLengthExactly() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> HelloPayload.decode(new byte[255]));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> HelloPayload.decode(new byte[257]));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> ReplyPayload.decode(new byte[127], 0));
  }

  @Test
  void bytesBehindTheProofsMustBeZero() {
    byte[] bytes = HELLO.encode();
    bytes[32 + 2 * 16] = 1;
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> HelloPayload.decode(bytes));
  }
}
