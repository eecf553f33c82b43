package dev.sallyport.session.stream;

import module java.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.session.stream.End.Opened;
import org.junit.jupiter.api.Test;

class StreamsTest {
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
    heard.stream().write(new byte[0], true);
    pair.deliverAll();
    assertThat(asked.read()).isEqualTo(bytes("answer"));
    assertThat(asked.read()).isNull();
    assertThat(pair.agent.session.openStreams()).isZero();
    assertThat(pair.server.session.openStreams()).isZero();
  }

  @Test
  void aResetDropsWhatWasNotReadAndIsToldToBothSides() throws Exception {
    SessionStream mine = pair.server.session.open(1, new byte[0]);
    mine.write(bytes("unread"), false);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    mine.reset(9);
    pair.deliverAll();

    assertThatThrownBy(theirs::read).isInstanceOfSatisfying(StreamResetException.class, e -> {
      assertThat(e.code()).isEqualTo(9);
      assertThat(e.byPeer()).isTrue();
    });
    assertThatThrownBy(() -> mine.write(bytes("more"), false)).isInstanceOf(StreamResetException.class);
    assertThat(pair.agent.session.openStreams()).isZero();
    assertThat(pair.server.session.openStreams()).isZero();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
