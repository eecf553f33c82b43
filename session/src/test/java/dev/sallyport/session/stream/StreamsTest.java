package dev.sallyport.session.stream;

import module java.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.session.stream.End.Opened;
import dev.sallyport.session.stream.SessionClosedException.Reason;
import org.junit.jupiter.api.Test;

class StreamsTest {
  private static final byte[] NOTHING = new byte[0];

  private final SessionPair pair = SessionPair.established();

  @Test
  void aStreamCarriesFramesBothWaysAndEndsWithBothFins() throws Exception {
    SessionStream asked = pair.server.session.open(7, bytes("what"));
    asked.write(bytes("one"), false);
    asked.write(bytes("two"), true);
    pair.deliverAll();

    Opened heard = pair.agent.nextOpened();
    assertThat(heard.kind()).isEqualTo(7);
    assertThat(heard.metadata()).isEqualTo(bytes("what"));
    assertThat(heard.stream().read()).isEqualTo(bytes("one"));
    assertThat(heard.stream().read()).isEqualTo(bytes("two"));
    assertThat(heard.stream().read()).isNull();
    assertThat(pair.agent.session.openStreams()).isEqualTo(1);

    heard.stream().write(bytes("answer"), false);
    heard.stream().write(NOTHING, true);
    pair.deliverAll();
    assertThat(asked.read()).isEqualTo(bytes("answer"));
    assertThat(asked.read()).isNull();
    assertThat(asked.read()).isNull();
    assertThat(pair.agent.session.openStreams()).isZero();
    assertThat(pair.server.session.openStreams()).isZero();
  }

  @Test
  void bothEndsOpenStreamsAndTheirNumbersNeverMeet() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(pair.server.session.open(1, NOTHING).id()).isEqualTo(2 + 2 * i);
      assertThat(pair.agent.session.open(1, NOTHING).id()).isEqualTo(1 + 2 * i);
    }
    pair.deliverAll();
    assertThat(pair.agent.opened).extracting(opened -> opened.stream().id()).containsExactly(2, 4, 6);
    assertThat(pair.server.opened).extracting(opened -> opened.stream().id()).containsExactly(1, 3, 5);
  }

  @Test
  void eitherHalfMayEndFirstAndTheOtherGoesOn() throws Exception {
    SessionStream mine = pair.agent.session.open(1, NOTHING);
    mine.write(NOTHING, true);
    pair.deliverAll();
    SessionStream theirs = pair.server.nextOpened().stream();
    assertThat(theirs.read()).isNull();
    for (int i = 0; i < 50; i++) {
      theirs.write(bytes("line " + i), false);
      pair.deliverAll();
      assertThat(mine.read()).isEqualTo(bytes("line " + i));
    }
    theirs.write(bytes("last"), true);
    pair.deliverAll();
    assertThat(mine.read()).isEqualTo(bytes("last"));
    assertThat(mine.read()).isNull();
  }

  @Test
  void frameBoundariesAreKeptFromTheEmptyToTheLargest() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    int[] sizes = {0, 1, 7, 0, 16_384, Frame.MAX_DATA_BYTES, 2};
    for (int size : sizes) {
      mine.write(new byte[size], false);
      pair.deliverAll();
    }
    SessionStream theirs = pair.agent.nextOpened().stream();
    for (int size : sizes) {
      assertThat(theirs.read()).hasSize(size);
    }
    assertThat(theirs.isReadable()).isFalse();
    assertThatThrownBy(() -> mine.write(new byte[Frame.MAX_DATA_BYTES + 1], false)).isInstanceOf(
        IllegalArgumentException.class);
  }

  @Test
  void nothingIsWrittenAfterTheLast() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    mine.write(NOTHING, true);
    assertThatThrownBy(() -> mine.write(NOTHING, false)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> mine.tryWrite(NOTHING, true)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aResetDropsWhatWasNotReadAndIsToldToBothSides() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    mine.write(bytes("unread"), false);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    mine.reset(9);
    mine.reset(10);
    pair.deliverAll();

    assertThatThrownBy(theirs::read).isInstanceOfSatisfying(StreamResetException.class, e -> {
      assertThat(e.code()).isEqualTo(9);
      assertThat(e.byPeer()).isTrue();
    });
    assertThatThrownBy(() -> mine.write(bytes("more"), false)).isInstanceOfSatisfying(StreamResetException.class,
        e -> assertThat(e.byPeer()).isFalse());
    assertThat(pair.agent.session.openStreams()).isZero();
    assertThat(pair.server.session.openStreams()).isZero();
  }

  @Test
  void aStreamResetBeforeItWasSentNeverShowsOnTheWire() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    mine.write(bytes("never"), true);
    mine.reset(1);
    assertThat(pair.server.session.nextMessage()).isNull();
    assertThat(pair.server.session.openStreams()).isZero();
    SessionStream next = pair.server.session.open(1, NOTHING);
    pair.deliverAll();
    assertThat(pair.agent.nextOpened().stream().id()).isEqualTo(next.id()).isEqualTo(4);
  }

  @Test
  void aResetOfAFinishedStreamOnlyDropsWhatIsUnread() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    mine.write(bytes("question"), true);
    pair.deliverAll();
    pair.agent.nextOpened().stream().write(bytes("answer"), true);
    pair.deliverAll();
    mine.reset(1);
    assertThat(pair.server.session.nextMessage()).isNull();
    assertThatThrownBy(mine::read).isInstanceOf(StreamResetException.class);
  }

  @Test
  void resetsCrossingOnTheWireAreHarmless() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    mine.reset(1);
    theirs.reset(2);
    pair.deliverAll();
    assertThat(pair.agent.session.closed()).isFalse();
    assertThat(pair.server.session.closed()).isFalse();
    assertThat(pair.agent.session.openStreams() + pair.server.session.openStreams()).isZero();
  }

  @Test
  void whatArrivedBeforeTheEndCanStillBeRead() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    mine.write(bytes("one"), false);
    SessionStream other = pair.server.session.open(1, NOTHING);
    other.write(bytes("all"), true);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    SessionStream whole = pair.agent.nextOpened().stream();
    pair.agent.session.close(new SessionClosedException(Reason.CLOSED, "cut"));

    assertThat(theirs.read()).isEqualTo(bytes("one"));
    assertThatThrownBy(theirs::read).isInstanceOfSatisfying(SessionClosedException.class, e -> assertThat(e.reason())
        .isEqualTo(Reason.CLOSED)).hasMessage("cut");
    assertThatThrownBy(() -> theirs.write(NOTHING, false)).isInstanceOf(SessionClosedException.class);
    assertThat(whole.read()).isEqualTo(bytes("all"));
    assertThat(whole.read()).isNull();
  }

  @Test
  void asManyStreamsAsAllowedAreOpenAndAFreedPlaceIsUsedAgain() throws Exception {
    SessionPair small = SessionPair.established(limits -> limits.withStreams(2, 2));
    SessionStream first = small.server.session.open(1, NOTHING);
    small.server.session.open(1, NOTHING);
    assertThat(small.server.session.tryOpen(1, NOTHING)).isNull();
    small.deliverAll();
    first.reset(1);
    assertThat(small.server.session.tryOpen(1, NOTHING)).isNotNull();
    small.deliverAll();
    assertThat(small.agent.opened).hasSize(3);
    assertThat(small.agent.session.openStreams()).isEqualTo(2);
  }

  @Test
  void aStreamsPlaceIsFreeOnlyWhenItsFinHasLeft() throws Exception {
    SessionPair small = SessionPair.established(limits -> limits.withStreams(1, 1));
    SessionStream first = small.server.session.open(1, NOTHING);
    small.deliverAll();
    small.agent.nextOpened().stream().write(NOTHING, true);
    small.deliverAll();
    first.write(NOTHING, true);
    assertThat(small.server.session.tryOpen(1, NOTHING)).isNull();
    small.deliverAll();
    assertThat(small.server.session.tryOpen(1, NOTHING)).isNotNull();
    small.deliverAll();
    assertThat(small.agent.session.openStreams()).isEqualTo(1);
    assertThat(small.server.session.closed()).isFalse();
  }

  @Test
  void theHostIsWokenOnceUntilItHasFetchedAll() throws Exception {
    int before = pair.server.wakes.get();
    SessionStream mine = pair.server.session.open(1, NOTHING);
    mine.write(bytes("a"), false);
    pair.server.session.ping(1);
    assertThat(pair.server.wakes.get()).isEqualTo(before + 1);
    pair.deliverAll();
    mine.write(bytes("b"), false);
    assertThat(pair.server.wakes.get()).isEqualTo(before + 2);
  }

  @Test
  void aListenerHearsOfDataOfTheEndAndOfWhatWasThereBefore() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    mine.write(bytes("a"), false);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    AtomicInteger heard = new AtomicInteger();
    theirs.onReadable(heard::incrementAndGet);
    assertThat(heard.get()).isEqualTo(1);
    mine.write(bytes("b"), false);
    pair.deliverAll();
    assertThat(heard.get()).isEqualTo(2);
    mine.reset(1);
    pair.deliverAll();
    assertThat(heard.get()).isEqualTo(3);
    assertThat(theirs.isReadable()).isTrue();

    SessionStream another = pair.server.session.open(1, NOTHING);
    pair.deliverAll();
    AtomicInteger ended = new AtomicInteger();
    pair.agent.nextOpened().stream().onReadable(ended::incrementAndGet);
    assertThat(ended.get()).isZero();
    pair.agent.session.close(new SessionClosedException(Reason.CLOSED, "cut"));
    assertThat(ended.get()).isEqualTo(1);
    assertThat(another.isReadable()).isFalse();
  }

  @Test
  void manySmallFramesTravelInOneRecord() throws Exception {
    for (int i = 0; i < 100; i++) {
      SessionStream mine = pair.server.session.open(1, bytes("{\"id\":" + i + "}"));
      mine.write(bytes("arguments"), true);
    }
    assertThat(pair.fetch(Role.SERVER)).isTrue();
    assertThat(pair.fetch(Role.SERVER)).isFalse();
    pair.deliverAll();
    assertThat(pair.agent.opened).hasSize(100);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
