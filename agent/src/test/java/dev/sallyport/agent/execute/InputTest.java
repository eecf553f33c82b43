package dev.sallyport.agent.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import dev.sallyport.agent.journal.Journal;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.FaultyDisk;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.protocol.operation.TransferOperation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes with an order, from the first byte to the journal. */
@Timeout(120)
final class InputTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final int ROOM = 1 << 20;

  private final FakePerformer performer = new FakePerformer();
  private final Log log = new Log(
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), InstantSource.fixed(NOW));
  private FaultyDisk disk = new FaultyDisk();
  private OperationExecutor executor;

  @BeforeEach
  void start() throws IOException {
    Journal.create(disk);
    executor = executor();
  }

  private OperationExecutor executor() throws IOException {
    Journal journal = Journal.open(disk, () -> NOW);
    return new OperationExecutor(performer, journal, new OutputFiles(disk, journal.files(), ROOM), () -> NOW,
        InstantSource.fixed(NOW), ExecutorLimits.DEFAULT, log);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(count).nextBytes(bytes);
    return bytes;
  }

  private static TransferOperation.Write write(byte[] said) {
    return new TransferOperation.Write("01890a5d-ac96-774b-bcce-b302099a8057", "/x", 0,
        InputDigest.of(Bytes.of(said)));
  }

  private OperationResult order(int number, Operation operation, byte[] input) {
    var id = OperationId.of(new UUID(NOW.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L | number), 0);
    InputSpool spool = executor.newInput();
    for (int at = 0; at < input.length; at += 10_000) {
      spool.add(input, at, Math.min(10_000, input.length - at));
    }
    return Received.of(executor.open(new OpenMetadata(id, operation.name(), 0, NOW.plusSeconds(60), 100),
        Operations.encode(operation), spool)).result();
  }

  private List<String> outputs() {
    return disk.names().stream().filter(name -> name.startsWith("output-")).toList();
  }

  private static void awaitTrue(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition came true in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("the operation reads exactly what was sent, small or spooled, and nothing is left of it")
  void theInputArrivesWhole() throws IOException {
    int number = 0;
    for (int size : new int[]{1, InputSpool.MAX_INLINE_BYTES, InputSpool.MAX_INLINE_BYTES + 1, 500_000}) {
      OperationResult result = order(number++, write(bytes(size)), bytes(size));
      assertThat(result.outcome()).as("%d bytes", size).isEqualTo(Outcome.DONE);
      assertThat(Bytes.of(result.value().bytes("sha256", 32, 32)))
          .isEqualTo(InputDigest.of(Bytes.of(bytes(size))).sha256());
    }
    awaitTrue(() -> outputs().isEmpty());
  }

  @Test
  @DisplayName("K7 an order that comes again answers what it answered, also after a restart")
  void aRepeatedOrderRunsOnce() throws IOException {
    byte[] input = bytes(100_000);
    OperationResult first = order(1, write(input), input);
    OperationResult again = order(1, write(input), input);
    awaitTrue(() -> executor.underWay() == 0); // the answer may come before its record is on the disk
    disk = disk.afterKill();
    executor = executor();
    OperationResult afterwards = order(1, write(input), input);

    assertThat(performer.performed()).hasSize(1);
    assertThat(List.of(again, afterwards)).containsOnly(first);
    assertThat(order(1, write(bytes(5)), bytes(5)).reason()).isEqualTo(Results.OTHER_ORDER);
    assertThat(outputs()).isEmpty();
  }

  @Test
  void inputThatIsNotWhatTheOrderSaysIsRefusedAndMayComeAgain() throws IOException {
    byte[] said = bytes(100_000);
    byte[] flipped = bytes(100_000);
    flipped[70_000] ^= 1;

    for (byte[] wrong : List.of(flipped, bytes(99_999), new byte[0])) {
      assertThat(order(1, write(said), wrong)).extracting(OperationResult::outcome, OperationResult::reason)
          .containsExactly(Outcome.REFUSED, Results.OTHER_INPUT);
    }
    assertThat(order(2, RunShell.of("say x"), bytes(3)).reason()).isEqualTo(Results.OTHER_INPUT);

    assertThat(performer.performed()).isEmpty();
    assertThat(executor.held()).isEmpty();
    assertThat(outputs()).isEmpty();
    assertThat(order(1, write(said), said).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void inputThatFindsNoRoomIsRefusedAndTheRoomIsFreeAgain() throws IOException {
    byte[] tooMuch = bytes(ROOM + 1);

    assertThat(order(1, write(tooMuch), tooMuch).reason()).isEqualTo(Results.NO_ROOM_FOR_INPUT);

    assertThat(outputs()).isEmpty();
    byte[] fits = bytes(ROOM - 100_000);
    assertThat(order(1, write(fits), fits).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  @DisplayName("a full disk refuses the order, starts nothing, and costs no room for good")
  void aFullDiskRefusesTheOrder() throws IOException {
    byte[] input = bytes(ROOM * 3 / 4);
    for (int again = 0; again < 5; again++) {
      disk.room(100_000);
      assertThat(order(again, write(input), input).reason()).isEqualTo(Results.NO_ROOM_FOR_INPUT);
    }

    disk.room(Long.MAX_VALUE);
    assertThat(outputs()).isEmpty();
    assertThat(performer.performed()).isEmpty();
    assertThat(order(9, write(input), input).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void moreThanAnInputMayHaveIsAViolation() {
    InputSpool spool = executor.newInput();
    spool.add(new byte[InputDigest.MAX_BYTES], 0, InputDigest.MAX_BYTES);

    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> spool.add(new byte[1], 0, 1));
    spool.close();
  }
}
