package dev.sallyport.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.SampleOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How streams are opened, what their data means, how they are aborted. */
final class StreamTest {
  private static final OperationId ID = new OperationId("018f6a3c-5b1e-7000-8000-0123456789ab/0");

  static OpenMetadata metadata(Seeded seeded) {
    return new OpenMetadata(SampleOperations.id(seeded), seeded.plain(64), seeded.between(0, 64L << 20),
        seeded.instant(), seeded.coin() ? 0 : (int) seeded.between(1, 256 << 10));
  }

  @Test
  void everyOpeningSurvivesTheWayOverTheWire() {
    Seeded.forSeeds(1000, seeded -> {
      OpenMetadata metadata = metadata(seeded);
      assertThat(OpenMetadata.decode(metadata.encode())).isEqualTo(metadata);
      assertThat(metadata.encode().length).isLessThanOrEqualTo(OpenMetadata.MAX_BYTES);
    });
  }

  @Test
  void injuredOpeningsAreReadOrRefusedButNeverDoAnythingElse() {
    Seeded.forSeeds(4000, seeded -> {
      try {
        OpenMetadata read = OpenMetadata.decode(seeded.injured(metadata(seeded).encode()));
        assertThat(OpenMetadata.decode(read.encode())).isEqualTo(read);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    });
  }

  @Test
  void anOpeningHasADocumentedForm() {
    OpenMetadata metadata = new OpenMetadata(ID, "process.run", 7, Instant.ofEpochMilli(1_700_000_000_000L));
    assertThat(new String(metadata.encode(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"" + ID + "\",\"op\":\"process.run\",\"from\":7,\"exp\":1700000000000}");
    OpenMetadata withInput = new OpenMetadata(ID, "file.write", 0, Instant.EPOCH, 300);
    assertThat(new String(withInput.encode(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"" + ID + "\",\"op\":\"file.write\",\"from\":0,\"exp\":0,\"args\":300}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{}|field \"id\": missing, expected a string",
      "{\"id\":\"ID\"}|field \"op\": missing, expected a string",
      "{\"id\":\"ID\",\"op\":\"x\"}|field \"from\": missing, expected a whole number",
      "{\"id\":\"ID\",\"op\":\"x\",\"from\":0}|field \"exp\": missing, expected a whole number",
      "{\"id\":\"ID\",\"op\":\"\",\"from\":0,\"exp\":0}|op: must not be empty",
      "{\"id\":\"ID\",\"op\":\"x\",\"from\":-1,\"exp\":0}|field \"from\": expected a whole number from 0 to 67108864, found the number -1",
      "{\"id\":\"ID\",\"op\":\"x\",\"from\":0,\"exp\":0,\"as\":\"root\"}|field \"as\": unknown, allowed here: id, op, from, exp, args",
      "{\"id\":\"ID\",\"op\":\"x\",\"from\":0,\"exp\":0,\"args\":0}|field \"args\": expected a whole number from 1 to 262144, found the number 0"})
  void refusesWrongOpeningsWithTheField(String json, String message) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> OpenMetadata.decode(json.replace("ID", ID.value()).getBytes(StandardCharsets.UTF_8)))
        .withMessage(message);
  }

  @Test
  void refusesValuesThatCannotTravel() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new OpenMetadata(ID, "x", -1, Instant.EPOCH));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new OpenMetadata(ID, "x", (64L << 20) + 1, Instant.EPOCH));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new OpenMetadata(ID, "x", 0, Instant.MIN));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new OpenMetadata(ID, "x".repeat(65), 0, Instant.EPOCH));
  }

  @Test
  void everyNumberIsReadBackAsItsConstant() {
    for (StreamKind kind : StreamKind.values()) {
      assertThat(StreamKind.ofCode(kind.code())).isEqualTo(kind);
    }
    for (OutputChannel channel : OutputChannel.values()) {
      assertThat(OutputChannel.ofCode(channel.code())).isEqualTo(channel);
    }
    for (ResetCode code : ResetCode.values()) {
      assertThat(ResetCode.ofCode(code.code())).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, 255, 65_535})
  void otherNumbersOfKindsAndChannelsAreRefused(int code) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> StreamKind.ofCode(code))
        .withMessage("stream kind: expected 1 or 2, found " + code);
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> OutputChannel.ofCode(code))
        .withMessage("output channel: expected 0, 1 or 2, found " + code);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 65_535})
  void anUnknownReasonForAResetStillEndsTheStream(int code) {
    assertThat(ResetCode.ofCode(code)).isEqualTo(ResetCode.INTERNAL);
  }
}
