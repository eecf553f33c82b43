package dev.sallyport.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalInt;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.Jsons;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperationResultTest {
  private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

  static OperationResult result(Seeded seeded) {
    OptionalInt exitCode = seeded.coin()
        ? OptionalInt.of((int) seeded.between(Integer.MIN_VALUE, Integer.MAX_VALUE))
        : OptionalInt.empty();
    return new OperationResult(seeded.oneOf(Outcome.values()), exitCode, seeded.instant(), seeded.instant(),
        seeded.between(0, Limits.MAX_OUTPUT_BYTES), seeded.coin(), Jsons.object(seeded, 3),
        seeded.coin() ? "" : seeded.plain(50));
  }

  @Test
  void everyResultSurvivesTheWayOverTheWire() {
    Seeded.forSeeds(2000, seeded -> {
      OperationResult result = result(seeded);
      assertThat(OperationResult.decode(result.encode())).isEqualTo(result);
      assertThat(OperationResult.fromJson(result.toJson())).isEqualTo(result);
    });
  }

  @Test
  void injuredResultsAreReadOrRefusedButNeverDoAnythingElse() {
    Seeded.forSeeds(6000, seeded -> {
      try {
        OperationResult read = OperationResult.decode(seeded.injured(result(seeded).encode()));
        assertThat(OperationResult.decode(read.encode())).isEqualTo(read);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    });
  }

  @Test
  void hasADocumentedForm() {
    OperationResult full = new OperationResult(Outcome.FAILED, OptionalInt.of(-1), START, START.plusMillis(5), 7, true,
        JsonObject.builder().put("a", 1).build(), "no such file");
    assertThat(full.toJson().text())
        .isEqualTo("{\"outcome\":\"failed\",\"exitCode\":-1,\"started\":1700000000000,\"ended\":1700000000005,"
            + "\"outputBytes\":7,\"outputTruncated\":true,\"value\":{\"a\":1},\"reason\":\"no such file\"}");
    assertThat(OperationResult.found(START, START, JsonObject.EMPTY).toJson().text())
        .isEqualTo("{\"outcome\":\"done\",\"started\":1700000000000,\"ended\":1700000000000,\"outputBytes\":0}");
  }

  @Test
  void timesAreCutToWhatTravels() {
    OperationResult result = OperationResult.found(START.plusNanos(999_999), START.plusNanos(1_000_001),
        JsonObject.EMPTY);
    assertThat(result.started()).isEqualTo(START);
    assertThat(result.ended()).isEqualTo(START.plusMillis(1));
  }

  @Test
  void clocksMayJumpBackwards() {
    assertThat(OperationResult.found(START, START.minusSeconds(60), JsonObject.EMPTY).ended()).isBefore(START);
  }

  @Test
  void theSixtyFourMebibytesOfOutputAreReportedWhole() {
    OperationResult result = new OperationResult(Outcome.DONE, OptionalInt.of(0), START, START, 64L << 20, true,
        JsonObject.EMPTY, "");
    assertThat(OperationResult.decode(result.encode()).outputBytes()).isEqualTo(64L << 20);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{}|field \"outcome\": missing, expected a string",
      "{\"outcome\":\"DONE\"}|expected an outcome: done, failed, refused, unsupported, expired, cancelled, unknown",
      "{\"outcome\":\"done\"}|field \"started\": missing, expected a whole number",
      "{\"outcome\":\"done\",\"started\":1}|field \"ended\": missing, expected a whole number",
      "{\"outcome\":\"done\",\"started\":1,\"ended\":2}|field \"outputBytes\": missing, expected a whole number",
      "{\"outcome\":\"done\",\"started\":-1,\"ended\":2,\"outputBytes\":0}|"
          + "field \"started\": expected a whole number from 0 to 253402300799999, found the number "
          + "-1",
      "{\"outcome\":\"done\",\"started\":1,\"ended\":2,\"outputBytes\":-1}|"
          + "field \"outputBytes\": expected a whole number from 0 to 67108864, found the number -1",
      "{\"outcome\":\"done\",\"started\":1,\"ended\":2,\"outputBytes\":0,\"exitCode\":2147483648}|"
          + "field \"exitCode\": expected a whole number from -2147483648 to 2147483647, found the "
          + "number 2147483648",
      "{\"outcome\":\"done\",\"started\":1,\"ended\":2,\"outputBytes\":0,\"exitCode\":null}|"
          + "field \"exitCode\": expected a whole number from -2147483648 to 2147483647, found null",
      "{\"outcome\":\"done\",\"started\":1,\"ended\":2,\"outputBytes\":0,\"value\":[]}|"
          + "field \"value\": expected an object, found an array of 0 items",
      "{\"outcome\":\"done\",\"started\":1,\"ended\":2,\"outputBytes\":0,\"admin\":true}|"
          + "field \"admin\": unknown, allowed here: outcome, exitCode, started, ended, outputBytes,"
          + " outputTruncated, value, reason"})
  void refusesWrongFieldsByName(String json, String message) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> OperationResult.decode(json.getBytes(StandardCharsets.UTF_8))).withMessage(message);
  }

  @Test
  @DisplayName("T19 a reason from an agent is plain text of bounded length")
  void refusesReasonsThatAct() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(
        () -> new OperationResult(Outcome.FAILED, OptionalInt.empty(), START, START, 0, false, JsonObject.EMPTY,
            "\u001b]0;owned\u0007"));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(
        () -> new OperationResult(Outcome.FAILED, OptionalInt.empty(), START, START, 0, false, JsonObject.EMPTY,
            "x".repeat(1001)));
  }

  @Test
  void aReasonOfTheAgentsOwnIsMadeToFit() {
    OperationResult result = OperationResult.without(Outcome.FAILED, START, START, "line\n" + "x".repeat(2000));
    assertThat(result.reason()).hasSize(OperationResult.MAX_REASON_LENGTH).startsWith("line\uFFFDxxx");
    assertThat(OperationResult.decode(result.encode())).isEqualTo(result);
  }

  @Test
  void refusesResultsBeyondTheirLimit() {
    JsonObject large = JsonObject.builder().put("x", "y".repeat(OperationResult.MAX_BYTES)).build();
    OperationResult result = OperationResult.found(START, START, large);
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(result::encode)
        .withMessageStartingWith("result: expected at most 262144 bytes, found 262");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> OperationResult.decode(new byte[OperationResult.MAX_BYTES + 1]));
  }

  @Test
  void refusesTimesThatHaveNoForm() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> OperationResult.found(Instant.EPOCH.minusMillis(1), START, JsonObject.EMPTY));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> OperationResult.found(START, Instant.MAX, JsonObject.EMPTY));
  }
}
