package dev.sallyport.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.sallyport.agent.state.FaultyDisk;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.OperationId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
final class JournalTest {
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final Instant NOW = Instant.ofEpochMilli(NOW_MS);
  private static final Instant LATEST = NOW.plusSeconds(600);
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Bytes DIGEST = Bytes.of(new byte[32]);
  private static final Bytes RESULT = Bytes.ofUtf8("{\"outcome\":\"done\"}");
  private static final KeptOutput OUTPUT = new KeptOutput.Inline(Bytes.ofUtf8("output"));

  private final FaultyDisk disk = new FaultyDisk();

  @BeforeEach
  void createJournal() throws IOException {
    Journal.create(disk);
  }

  private static OperationId id(int number) {
    return TombstonesTest.id(NOW_MS - 1000 + number, number);
  }

  private static Journal open(FaultyDisk disk) throws IOException {
    return Journal.open(disk, CLOCK);
  }

  @Test
  void knowsWhatItWasToldAfterARestart() throws IOException {
    Journal journal = open(disk);
    journal.started(id(1), DIGEST, LATEST);
    journal.started(id(2), DIGEST, LATEST);
    journal.done(id(2), DIGEST, LATEST, RESULT, OUTPUT);
    journal.started(id(3), DIGEST, LATEST);
    journal.done(id(3), DIGEST, LATEST, RESULT, new KeptOutput.Spooled(7, 99));
    journal.started(id(4), DIGEST, LATEST);
    journal.done(id(4), DIGEST, LATEST, RESULT, OUTPUT);
    journal.settle(id(4));
    journal.close();

    Journal again = open(disk.afterPowerFailure(1));

    assertThat(again.trouble()).isEmpty();
    assertThat(again.find(id(1))).isEqualTo(new Known.Started(DIGEST));
    assertThat(again.find(id(2))).isEqualTo(new Known.Done(DIGEST, RESULT, OUTPUT));
    assertThat(again.find(id(3))).isEqualTo(new Known.Done(DIGEST, RESULT, new KeptOutput.Spooled(7, 99)));
    assertThat(again.find(id(4))).isEqualTo(new Known.Settled());
    assertThat(again.find(id(5))).isEqualTo(new Known.New());
    assertThat(again.open()).containsExactly(id(1), id(2), id(3));
    assertThat(again.files()).containsExactly(7L);
  }

  @Test
  void whateverBreaksNothingThatWasPromisedIsForgotten() throws IOException {
    int steps = scenario(new FaultyDisk(), new ArrayList<>(), new ArrayList<>());
    assertThat(steps).isGreaterThan(20);
    for (int step = 1; step <= steps; step++) {
      var startedIds = new ArrayList<OperationId>();
      var doneIds = new ArrayList<OperationId>();
      var broken = new FaultyDisk();
      broken.powerFailsAt(step);
      try {
        scenario(broken, startedIds, doneIds);
      } catch (FaultyDisk.PowerFailure e) {
        assertThat(broken.steps()).isEqualTo(step);
      }
      for (long seed = 0; seed < 20; seed++) {
        requireKept(broken.afterPowerFailure(seed), startedIds, doneIds, "step " + step + ", seed " + seed);
      }
      requireKept(broken.afterKill(), startedIds, doneIds, "step " + step + ", killed");
    }
  }

  private static int scenario(FaultyDisk disk, List<OperationId> startedIds, List<OperationId> doneIds)
      throws IOException {
    Journal.create(disk);
    Journal journal = open(disk);
    for (int i = 0; i < 12; i++) {
      journal.started(id(i), DIGEST, LATEST);
      startedIds.add(id(i));
      if (i % 3 > 0) {
        journal.done(id(i), DIGEST, LATEST, Bytes.of(new byte[1000]), OUTPUT);
        doneIds.add(id(i));
      }
      if (i % 4 == 3) {
        journal.settle(id(i - 1));
      }
    }
    journal.close();
    return disk.steps();
  }

  private static void requireKept(FaultyDisk found, List<OperationId> startedIds, List<OperationId> doneIds,
      String when)
      throws IOException {
    if (!found.exists(Journal.NAME)) {
      assertThat(startedIds).as(when).isEmpty();
      return;
    }
    Journal journal = open(found);
    assertThat(journal.trouble()).as(when).isEmpty();
    for (OperationId id : startedIds) {
      assertThat(journal.find(id)).as("%s, %s", when, id).isNotInstanceOf(Known.New.class);
    }
    for (OperationId id : doneIds) {
      assertThat(journal.find(id)).as("%s, %s", when, id).isNotInstanceOfAny(Known.New.class, Known.Started.class);
    }
  }

  @Test
  void aHalfWrittenEndIsDroppedAndTheJournalGoesOn() throws IOException {
    Journal journal = open(disk);
    journal.started(id(1), DIGEST, LATEST);
    byte[] whole = disk.bytes(Journal.NAME).clone();
    for (int missing = 1; missing < 60; missing++) {
      var torn = new FaultyDisk();
      torn.plant(Journal.NAME, Arrays.copyOf(whole, whole.length - missing));
      Journal again = open(torn);
      assertThat(again.trouble()).isEmpty();
      assertThat(again.find(id(1))).isEqualTo(new Known.New());
      again.started(id(2), DIGEST, LATEST);
      again.close();
      Journal third = open(torn.afterKill());
      assertThat(third.trouble()).isEmpty();
      assertThat(third.find(id(2))).isEqualTo(new Known.Started(DIGEST));
    }
  }

  @Test
  void zerosAtTheEndAreAHalfWrittenEndToo() throws IOException {
    open(disk).started(id(1), DIGEST, LATEST);
    byte[] whole = disk.bytes(Journal.NAME);
    disk.plant(Journal.NAME, Arrays.copyOf(whole, whole.length + 4096));

    Journal again = open(disk);

    assertThat(again.trouble()).isEmpty();
    assertThat(again.find(id(1))).isEqualTo(new Known.Started(DIGEST));
  }

  @Test
  void damageInTheMiddleNeverMakesAnOldOrderNew() throws IOException {
    Journal journal = open(disk);
    for (int i = 0; i < 6; i++) {
      journal.started(id(i), DIGEST, LATEST);
    }
    byte[] good = disk.bytes(Journal.NAME).clone();
    int frame = (good.length - Frames.HEADER_BYTES - Frames.CHECKSUM_BYTES) / 6;
    for (int position = 0; position < good.length - frame; position++) {
      var damaged = new FaultyDisk();
      byte[] bad = good.clone();
      bad[position] ^= 0x40;
      damaged.plant(Journal.NAME, bad);

      Journal found = open(damaged);

      assertThat(found.trouble()).as("byte %d", position).contains("damaged");
      assertThat(damaged.exists("journal.damaged")).isTrue();
      for (int i = 0; i < 6; i++) {
        assertThat(found.find(id(i))).isInstanceOfAny(Known.Started.class, Known.TooOld.class);
      }
      assertThat(found.find(id(99))).as("until the server's time is known nothing can be told to be new")
          .isEqualTo(new Known.TooOld());
      found.distrustBefore(NOW);
      assertThat(found.distrusted()).isFalse();
      assertThat(found.find(id(1))).isInstanceOfAny(Known.Started.class, Known.TooOld.class);
      assertThat(found.find(TombstonesTest.id(NOW_MS + 1, 1))).as("what is ordered from now on")
          .isEqualTo(new Known.New());
    }
  }

  @Test
  void distrustOutlivesARestartUntilTheServersTimeIsKnown() throws IOException {
    disk.plant(Journal.NAME, new byte[100]);
    Journal journal = open(disk);
    assertThat(journal.trouble()).contains("damaged");
    journal.close();

    FaultyDisk later = disk.afterKill();
    Journal again = open(later);
    assertThat(again.trouble()).isEmpty();
    assertThat(again.distrusted()).isTrue();
    again.distrustBefore(NOW);
    again.close();

    Journal third = open(later.afterPowerFailure(1));
    assertThat(third.distrusted()).isFalse();
    assertThat(third.find(id(1))).isEqualTo(new Known.TooOld());
  }

  @Test
  void aMissingJournalIsNotTakenForAnEmptyOne() throws IOException {
    disk.delete(Journal.NAME);

    Journal journal = open(disk);

    assertThat(journal.trouble()).contains("missing");
    assertThat(journal.find(id(1))).isEqualTo(new Known.TooOld());
  }

  @Test
  void creatingKeepsAJournalThatIsThere() throws IOException {
    Journal journal = open(disk);
    journal.started(id(1), DIGEST, LATEST);
    journal.close();

    Journal.create(disk);

    assertThat(open(disk).find(id(1))).isEqualTo(new Known.Started(DIGEST));
  }

  @Test
  void aFullDiskStartsNothingAndAJournalWithRoomAgainGoesOn() throws IOException {
    Journal journal = open(disk);
    journal.started(id(1), DIGEST, LATEST);
    disk.room(10);

    assertThatThrownBy(() -> journal.started(id(2), DIGEST, LATEST)).isInstanceOf(IOException.class)
        .hasMessageContaining("No space");
    assertThatThrownBy(() -> journal.started(id(3), DIGEST, LATEST)).isInstanceOf(IOException.class)
        .hasMessageContaining("No space");
    assertThat(journal.find(id(2))).isEqualTo(new Known.New());
    disk.room(1 << 20);
    journal.started(id(4), DIGEST, LATEST);

    Journal again = open(disk.afterPowerFailure(3));
    assertThat(again.trouble()).isEmpty();
    assertThat(again.find(id(1))).isEqualTo(new Known.Started(DIGEST));
    assertThat(again.find(id(2))).isEqualTo(new Known.New());
    assertThat(again.find(id(4))).isEqualTo(new Known.Started(DIGEST));
  }

  @Test
  void aSyncThatFailedIsNeverTakenForDone() throws IOException {
    Journal journal = open(disk);
    journal.started(id(1), DIGEST, LATEST);
    disk.failsFrom(disk.steps() + 2);

    assertThatThrownBy(() -> journal.started(id(2), DIGEST, LATEST)).isInstanceOf(IOException.class);
    disk.failsFrom(Integer.MAX_VALUE);
    journal.started(id(3), DIGEST, LATEST);

    for (long seed = 0; seed < 20; seed++) {
      Journal again = open(disk.afterPowerFailure(seed));
      assertThat(again.trouble()).isEmpty();
      assertThat(again.find(id(1))).isEqualTo(new Known.Started(DIGEST));
      assertThat(again.find(id(3))).isEqualTo(new Known.Started(DIGEST));
    }
  }

  @Test
  void theFileStaysSmallHoweverMuchPassesThroughIt() throws IOException {
    Journal journal = open(disk);
    Bytes result = Bytes.of(new byte[2000]);
    for (int i = 0; i < 3000; i++) {
      journal.started(id(i), DIGEST, LATEST);
      journal.done(id(i), DIGEST, LATEST, result, OUTPUT);
      journal.settle(id(i));
    }

    assertThat(disk.bytes(Journal.NAME).length).isLessThan(2 << 20);
    Journal again = open(disk.afterKill());
    for (int i = 0; i < 3000; i++) {
      assertThat(again.find(id(i))).isNotEqualTo(new Known.New());
    }
    assertThat(again.open()).as("all but the last are settled on disk").hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aCrashWhileTheFileIsRewrittenLosesNothing() throws IOException {
    Bytes result = Bytes.of(new byte[60_000]);
    int steps = rewritingScenario(new FaultyDisk(), result, Integer.MAX_VALUE);
    for (int step = steps - 25; step <= steps; step++) {
      var broken = new FaultyDisk();
      int reached = rewritingScenario(broken, result, step);
      for (long seed = 0; seed < 10; seed++) {
        Journal found = open(broken.afterPowerFailure(seed));
        assertThat(found.trouble()).isEmpty();
        for (int i = 0; i < reached; i++) {
          assertThat(found.find(id(i))).as("step %d, seed %d, id %d", step, seed, i).isNotEqualTo(new Known.New());
        }
      }
    }
  }

  @Test
  void aFreshFileWhoseNameIsInDoubtIsWrittenAnew() throws IOException {
    Bytes result = Bytes.of(new byte[60_000]);
    int steps = rewritingScenario(new FaultyDisk(), result, Integer.MAX_VALUE);
    for (int step = steps - 25; step <= steps; step++) {
      var failing = new FaultyDisk();
      Journal.create(failing);
      Journal journal = open(failing);
      failing.failsFrom(step);
      for (int i = 0; i < 8; i++) {
        try {
          journal.done(id(i), DIGEST, LATEST, result, OUTPUT);
          journal.started(id(100 + i), DIGEST, LATEST);
          journal.settle(id(i));
        } catch (IOException e) {
          failing.failsFrom(Integer.MAX_VALUE);
        }
      }
      journal.started(id(200), DIGEST, LATEST);
      for (long seed = 0; seed < 10; seed++) {
        Journal found = open(failing.afterPowerFailure(seed));
        assertThat(found.trouble()).isEmpty();
        assertThat(found.find(id(200))).as("step %d, seed %d", step, seed).isEqualTo(new Known.Started(DIGEST));
      }
    }
  }

  /** Returns the steps taken, or how many ids were noted when the power failed. */
  private static int rewritingScenario(FaultyDisk disk, Bytes result, int failing) throws IOException {
    disk.powerFailsAt(failing);
    int noted = 0;
    try {
      Journal.create(disk);
      Journal journal = open(disk);
      for (int i = 0; i < 8; i++) {
        journal.started(id(i), DIGEST, LATEST);
        noted++;
        journal.done(id(i), DIGEST, LATEST, result, OUTPUT);
        journal.settle(id(i));
      }
      return disk.steps();
    } catch (FaultyDisk.PowerFailure e) {
      return noted;
    }
  }

  @Test
  void manyWritersShareFewSyncs() throws Exception {
    Journal journal = open(disk);
    int writers = 200;
    int before = disk.syncs();
    var ready = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < writers; i++) {
      OperationId id = id(i);
      threads.add(Thread.startVirtualThread(() -> {
        try {
          ready.await();
          journal.started(id, DIGEST, LATEST);
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }));
    }
    ready.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(journal.open()).hasSize(writers);
    assertThat(disk.syncs() - before).isLessThanOrEqualTo(writers);
    Journal again = open(disk.afterPowerFailure(5));
    for (int i = 0; i < writers; i++) {
      assertThat(again.find(id(i))).isEqualTo(new Known.Started(DIGEST));
    }
  }

  @Test
  void anInterruptNeitherLosesARecordNorTheJournal() throws IOException {
    Journal journal = open(disk);
    Thread.currentThread().interrupt();

    journal.started(id(1), DIGEST, LATEST);

    assertThat(Thread.interrupted()).isTrue();
    journal.started(id(2), DIGEST, LATEST);
    assertThat(open(disk.afterPowerFailure(1)).open()).containsExactly(id(1), id(2));
  }

  @Test
  void refusesToHoldMoreThanItMay() throws IOException {
    Journal journal = open(disk);
    assertThat(journal.hasRoom()).isTrue();
    Bytes result = Bytes.ofUtf8("x".repeat(200_000));
    for (int i = 0; i < 50; i++) {
      journal.done(id(i), DIGEST, LATEST, result, OUTPUT);
    }
    assertThat(journal.hasRoom()).isFalse();

    for (int i = 0; i < 50; i++) {
      journal.settle(id(i));
    }
    journal.started(id(60), DIGEST, LATEST);

    assertThat(journal.hasRoom()).isTrue();
  }

  @Test
  void settlingFreesRoomEvenWhenNothingElseIsWritten() throws IOException {
    Journal journal = open(disk);
    for (int i = 0; i < Journal.MAX_OPEN; i++) {
      journal.done(id(i), DIGEST, LATEST, RESULT, KeptOutput.NONE);
    }
    assertThat(journal.hasRoom()).isFalse();

    for (int i = 0; i < Journal.MAX_OPEN; i++) {
      journal.settle(id(i));
    }

    assertThat(journal.hasRoom()).isTrue();
  }

  @Test
  void hostileOutputThatLooksLikeAFrameIsStillOutput() throws IOException {
    Journal journal = open(disk);
    byte[] forged = Frames.encode(1_000_000, "x".getBytes(StandardCharsets.UTF_8), 1);
    journal.done(id(1), DIGEST, LATEST, RESULT, new KeptOutput.Inline(Bytes.of(forged)));
    journal.started(id(2), DIGEST, LATEST);

    Journal again = open(disk.afterKill());

    assertThat(again.trouble()).isEmpty();
    assertThat(again.find(id(1))).isEqualTo(new Known.Done(DIGEST, RESULT, new KeptOutput.Inline(Bytes.of(forged))));
    assertThat(again.find(id(2))).isEqualTo(new Known.Started(DIGEST));
  }
}
