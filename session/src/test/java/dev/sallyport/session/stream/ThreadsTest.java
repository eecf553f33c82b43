package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.session.stream.SessionClosedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The blocking calls, on threads as hosts have them. Each test has a deadline; none depends on how fast it runs. */
@Timeout(120)
class ThreadsTest {
  private static final byte[] NOTHING = new byte[0];
  private static final int CHUNK = SessionLimits.QUANTUM_BYTES;

  @ParameterizedTest
  @ValueSource(ints = {64, 1_000, 3_000})
  void manyStreamsInParallelAreAllAnswered(int streams) throws Exception {
    SessionPair pair = SessionPair.established();
    try (Line line = new Line(pair)) {
      pair.agent.onOpened = opened -> line.start(() -> echo(opened.stream()));
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        int size = i % 50 == 0 ? 3 * CHUNK : 100 + i % 200;
        answers.add(line.run(() -> ask(pair.server.session.open(1, NOTHING), size)));
      }
      for (int i = 0; i < streams; i++) {
        assertThat(answers.get(i).get()).isEqualTo(i % 50 == 0 ? 3 * CHUNK : 100 + i % 200);
      }
      line.awaitStarted();
      assertThat(pair.server.session.openStreams()).isZero();
    }
  }

  @Test
  void aQuarterOfAGigabyteGoesThroughOneStreamAndLittleOfItIsEverHeld() throws Exception {
    int chunks = (256 << 20) / CHUNK;
    SessionPair pair = SessionPair.established();
    AtomicLong written = new AtomicLong();
    long read = 0;
    long mostHeld = 0;
    try (Line line = new Line(pair)) {
      SessionStream mine = pair.server.session.open(1, NOTHING);
      Future<?> writer = line.run(() -> {
        for (int i = 0; i < chunks; i++) {
          mine.write(new byte[CHUNK], i == chunks - 1);
          written.addAndGet(CHUNK);
        }
        return null;
      });
      SessionStream theirs = pair.agent.nextOpened().stream();
      for (byte[] body = theirs.read(); body != null; body = theirs.read()) {
        long writtenBefore = written.get();
        read += body.length;
        mostHeld = Math.max(mostHeld, writtenBefore - read);
      }
      writer.get();
    }
    assertThat(read).isEqualTo(256L << 20);
    // a stream's credit unread, its queue unsent, and the writer's and reader's hands full
    assertThat(mostHeld).isLessThanOrEqualTo((256 << 10) + SessionLimits.MAX_STREAM_QUEUE_BYTES + 2 * CHUNK);
  }

  @Test
  void writersWaitForRoomInTheSessionsQueueAndAllComeThrough() throws Exception {
    SessionPair pair = SessionPair.established(limits -> limits.withSendQueue(SessionLimits.MIN_CREDIT));
    try (Line line = new Line(pair)) {
      pair.agent.onOpened = opened -> line.start(() -> answerAfterwards(opened.stream()));
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        answers.add(line.run(() -> ask(pair.server.session.open(1, NOTHING), 20 * CHUNK)));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(20 * CHUNK);
      }
      line.awaitStarted();
    }
  }

  @Test
  void whoWaitsForAPlaceGetsOneWhenAStreamEnds() throws Exception {
    SessionPair pair = SessionPair.established(limits -> limits.withStreams(2, 2));
    try (Line line = new Line(pair)) {
      pair.agent.onOpened = opened -> line.start(() -> echo(opened.stream()));
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(line.run(() -> ask(pair.server.session.open(1, NOTHING), 10)));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(10);
      }
      line.awaitStarted();
    }
  }

  @Test
  void theEndWakesEverybodyWhoWaits() throws Exception {
    SessionPair pair = SessionPair.established(limits -> limits.withStreams(2, 2));
    Session session = pair.server.session;
    SessionStream silent = session.open(1, NOTHING);
    SessionStream full = session.open(1, NOTHING);
    while (full.tryWrite(new byte[CHUNK], false)) {
      assertThat(full.isReadable()).isFalse();
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> waiting = List.of(threads.submit(silent::read), threads.submit(() -> {
        full.write(new byte[CHUNK], false);
        return null;
      }), threads.submit(() -> session.open(1, NOTHING)));
      session.close(new SessionClosedException(Reason.CLOSED, "the link broke"));
      for (Future<?> waiter : waiting) {
        assertThatThrownBy(waiter::get).hasCauseInstanceOf(SessionClosedException.class).hasMessageContaining(
            "the link broke");
      }
    }
  }

  @Test
  void anInterruptedWaitLosesNothing() throws Exception {
    SessionPair pair = SessionPair.established();
    SessionStream mine = pair.server.session.open(1, NOTHING);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    Thread.currentThread().interrupt();
    assertThatThrownBy(theirs::read).isInstanceOf(InterruptedException.class);
    mine.write(new byte[5], true);
    pair.deliverAll();
    assertThat(theirs.read()).hasSize(5);
  }

  /** Sends so many bytes, its last with FIN, and counts what comes back. */
  private static int ask(SessionStream stream, int size) throws Exception {
    for (int left = size; left > 0; left -= CHUNK) {
      stream.write(new byte[Math.min(left, CHUNK)], left <= CHUNK);
    }
    int answered = 0;
    for (byte[] body = stream.read(); body != null; body = stream.read()) {
      answered += body.length;
    }
    return answered;
  }

  private static int echo(SessionStream stream) throws Exception {
    int bytes = 0;
    for (byte[] body = stream.read(); body != null; body = stream.read()) {
      bytes += body.length;
      stream.write(body, false);
    }
    stream.write(NOTHING, true);
    return bytes;
  }

  /** As {@link #echo}, but reads all before it says anything, so that whoever writes all before reading is not stuck. */
  private static int answerAfterwards(SessionStream stream) throws Exception {
    int bytes = 0;
    for (byte[] body = stream.read(); body != null; body = stream.read()) {
      bytes += body.length;
    }
    for (int left = bytes; left > 0; left -= CHUNK) {
      stream.write(new byte[Math.min(left, CHUNK)], left <= CHUNK);
    }
    return bytes;
  }
}
