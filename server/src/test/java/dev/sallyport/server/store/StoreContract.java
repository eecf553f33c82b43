package dev.sallyport.server.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What every database must do behind {@link Store}; run once for each. */
abstract class StoreContract {

  @TempDir
  Path directory;
  DatabaseStore store;

  /** A new, empty database. */
  abstract Database newDatabase(Path directory);

  /** Runs into an error of the database as a whole, a full disk, in the middle of a unit of work. */
  abstract void fillTheDisk(JdbcClient sql);

  @BeforeEach
  void openStore() {
    store = DatabaseStore.open(newDatabase(directory));
    store.write(sql -> {
      sql.sql("CREATE TABLE thing (name TEXT NOT NULL PRIMARY KEY, number BIGINT, bytes BYTEA, "
          + "parent TEXT REFERENCES thing (name))").update();
      return null;
    });
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void keepsTextNumbersBytesAndAbsence() {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    store.write(
        sql -> sql.sql("INSERT INTO thing (name, number, bytes, parent) VALUES (:name, :number, :bytes, :parent)")
            .param("name", "Zoë 🚪 ' \" ${x} %s").param("number", Long.MIN_VALUE).param("bytes", bytes)
            .param("parent", null)
            .update());

    store.read(sql -> sql.sql("SELECT * FROM thing").query((row, i) -> {
      assertThat(row.getString("name")).isEqualTo("Zoë 🚪 ' \" ${x} %s");
      assertThat(row.getLong("number")).isEqualTo(Long.MIN_VALUE);
      assertThat(row.getBytes("bytes")).isEqualTo(bytes);
      assertThat(row.getString("parent")).isNull();
      return i;
    }).single());
  }

  @Test
  void understandsUpsertAndReturning() {
    String upsert = "INSERT INTO thing (name, number) VALUES (?, ?) ON CONFLICT (name) "
        + "DO UPDATE SET number = thing.number + excluded.number RETURNING number";
    store.write(sql -> sql.sql(upsert).params("a", 40L).query(Long.class).single());

    assertThat(store.<Long>write(sql -> sql.sql(upsert).params("a", 2L).query(Long.class).single())).isEqualTo(42);
  }

  @Test
  void undoesAUnitThatThrowsAndPassesItsExceptionOn() {
    assertThatThrownBy(() -> store.write(sql -> {
      insert(sql, "a");
      throw new IllegalStateException("no");
    })).isInstanceOf(IllegalStateException.class).hasMessage("no");

    assertThat(names()).isEmpty();
  }

  @Test
  void aUnitThatThrowsLeavesItsNeighboursInTheBatchAlone() {
    var batch = new Batch();
    var before = batch.add(sql -> insert(sql, "before"));
    var refused = batch.add(sql -> {
      insert(sql, "refused");
      throw new IllegalArgumentException("refused");
    });
    var duplicate = batch.add(sql -> insert(sql, "before"));
    var after = batch.add(sql -> insert(sql, "after"));
    batch.release();

    assertThat(before).succeedsWithin(10, SECONDS);
    assertThat(after).succeedsWithin(10, SECONDS);
    assertThat(refused).failsWithin(10, SECONDS).withThrowableOfType(Exception.class)
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(duplicate).failsWithin(10, SECONDS).withThrowableOfType(Exception.class)
        .withCauseInstanceOf(DuplicateKeyException.class);
    assertThat(names()).containsExactly("after", "before");
  }

  @Test
  void answersNobodyBeforeTheCommitThatNeighboursShare() throws Exception {
    var batch = new Batch();
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var first = batch.add(sql -> insert(sql, "first"));
    var second = batch.add(sql -> {
      inside.countDown();
      await(goOn);
      return insert(sql, "second");
    });
    batch.release();
    await(inside);

    assertThat(first).isNotDone();
    assertThat(names()).as("what another connection sees").isEmpty();
    goOn.countDown();
    assertThat(first).succeedsWithin(10, SECONDS);
    assertThat(second).succeedsWithin(10, SECONDS);
    assertThat(names()).containsExactly("first", "second");
  }

  @Test
  @DisplayName("Disk full: nobody in the batch is told that anything was stored, and the store goes on when there is room")
  void acknowledgesNothingWhenTheDatabaseFails() {
    var batch = new Batch();
    var good = batch.add(sql -> insert(sql, "good"));
    var refused = batch.add(sql -> {
      insert(sql, "good");
      return 0;
    });
    var full = batch.add(sql -> {
      fillTheDisk(sql);
      return 0;
    });
    batch.release();

    for (var lost : List.of(good, refused, full)) {
      assertThat(lost).failsWithin(10, SECONDS).withThrowableOfType(Exception.class)
          .withCauseInstanceOf(StoreUnavailableException.class).withMessageContaining("full");
    }
    assertThat(names()).isEmpty();
    store.write(sql -> insert(sql, "later"));
    assertThat(names()).containsExactly("later");
  }

  @Test
  void namesDuplicateKeysAndBrokenReferencesAlike() {
    store.write(sql -> insert(sql, "a"));

    assertThatThrownBy(() -> store.write(sql -> insert(sql, "a"))).isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(
        () -> store.write(sql -> sql.sql("INSERT INTO thing (name, parent) VALUES ('b', 'nobody')").update()))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void aQueryCannotWrite() {
    assertThatThrownBy(() -> store.read(sql -> insert(sql, "a")))
        .isInstanceOf(DataAccessException.class);

    assertThat(names()).isEmpty();
  }

  @Test
  void aQuerySeesOneStateThroughout() {
    store.write(sql -> insert(sql, "a"));

    List<Long> counts = store.read(sql -> {
      long before = count(sql);
      CompletableFuture.runAsync(() -> store.write(other -> insert(other, "b"))).join();
      return List.of(before, count(sql));
    });

    assertThat(counts).containsExactly(1L, 1L);
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void refusesToBeCalledFromInsideAUnitOfWork() {
    assertThatThrownBy(() -> store.write(sql -> store.read(inner -> 1))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.read(sql -> store.write(inner -> 1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClientCarriedOutOfItsUnitOfWorkIsDead() {
    var escaped = new AtomicReference<JdbcClient>();
    store.write(sql -> {
      escaped.set(sql);
      return 0;
    });

    assertThatThrownBy(() -> insert(escaped.get(), "a")).hasStackTraceContaining("only inside Store.write");
  }

  @Test
  void anInterruptedCallerStillGetsTheTruth() {
    Thread.currentThread().interrupt();
    int rows = store.write(sql -> insert(sql, "a"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(rows).isEqualTo(1);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void manyCallersAtOnceLoseNothing() {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 2_000).forEach(i -> callers.execute(() -> store.write(sql -> insert(sql, "caller " + i))));
    }
    assertThat(store.<Long>read(StoreContract::count)).isEqualTo(2_000);
  }

  @Test
  void finishesWaitingWorkBeforeItClosesAndRefusesLaterWork() {
    var batch = new Batch();
    var waiting = batch.add(sql -> insert(sql, "waiting"));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close);
    batch.release();

    assertThat(closing).succeedsWithin(10, SECONDS);
    assertThat(waiting).succeedsWithin(10, SECONDS);
    assertThatThrownBy(() -> store.write(sql -> insert(sql, "late"))).isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("shutting down");
    assertThatThrownBy(this::names).isInstanceOf(StoreUnavailableException.class).hasMessageContaining("shutting down");
  }

  static int insert(JdbcClient sql, String name) {
    return sql.sql("INSERT INTO thing (name) VALUES (?)").param(name).update();
  }

  static long count(JdbcClient sql) {
    return sql.sql("SELECT count(*) FROM thing").query(Long.class).single();
  }

  List<String> names() {
    return store.read(sql -> sql.sql("SELECT name FROM thing ORDER BY name").query(String.class).list());
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Holds the writer until several units wait, so that they share one batch, in order. */
  final class Batch {
    private final CountDownLatch hold = new CountDownLatch(1);
    private final List<CompletableFuture<Integer>> members = new ArrayList<>();

    Batch() {
      var held = new CountDownLatch(1);
      Thread.startVirtualThread(() -> store.write(sql -> {
        held.countDown();
        await(hold);
        return 0;
      }));
      await(held);
    }

    CompletableFuture<Integer> add(Transaction<Integer> work) {
      int position = members.size() + 1;
      var member = new CompletableFuture<Integer>();
      members.add(member);
      Thread.startVirtualThread(() -> {
        try {
          member.complete(store.write(work));
        } catch (RuntimeException e) {
          member.completeExceptionally(e);
        }
      });
      Waiting.until(() -> store.waiting() == position);
      return member;
    }

    void release() {
      hold.countDown();
    }
  }
}
