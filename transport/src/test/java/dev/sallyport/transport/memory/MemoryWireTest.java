package dev.sallyport.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.message.TransportMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class MemoryWireTest {
  @Test
  void carriesMessagesInOrderBothWays() throws IOException {
    MemoryWire.Pair pair = MemoryWire.pair();

    pair.first().send(new byte[]{1});
    pair.first().send(new byte[]{2});
    pair.second().send(new byte[]{3});

    assertThat(pair.second().receive()).containsExactly(1);
    assertThat(pair.second().receive()).containsExactly(2);
    assertThat(pair.first().receive()).containsExactly(3);
  }

  @Test
  void whatIsSentIsCopied() throws IOException {
    MemoryWire.Pair pair = MemoryWire.pair();
    byte[] message = {1};

    pair.first().send(message);
    message[0] = 9;

    assertThat(pair.second().receive()).containsExactly(1);
  }

  @Test
  void aCutBeforeAMessageLosesItAndEndsBothWays() throws IOException {
    MemoryWire.Pair pair = MemoryWire.pair(Script.cutBefore(Direction.TO_SECOND, 1));

    pair.first().send(new byte[]{1});
    pair.first().send(new byte[]{2});

    assertThat(pair.second().receive()).containsExactly(1);
    assertThatThrownBy(() -> pair.second().receive()).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> pair.first().send(new byte[]{3})).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> pair.second().send(new byte[]{3})).isInstanceOf(IOException.class);
  }

  @Test
  void aCutAfterAMessageDeliversIt() throws IOException {
    MemoryWire.Pair pair = MemoryWire.pair(Script.cutAfter(Direction.TO_FIRST, 0));

    pair.second().send(new byte[]{1});

    assertThat(pair.first().receive()).containsExactly(1);
    assertThatThrownBy(() -> pair.first().receive()).isInstanceOf(EOFException.class);
  }

  @Test
  void aScriptMayChangeAndLoseMessages() throws IOException {
    MemoryWire.Pair pair = MemoryWire.pair((direction, index, message) -> {
      message[0] ^= 1;
      return index == 0 ? new Fate.Lose() : new Fate.Deliver(message);
    });

    pair.first().send(new byte[]{2});
    pair.first().send(new byte[]{4});

    assertThat(pair.second().receive()).containsExactly(5);
  }

  @Test
  void aReadTimeOutLeavesTheWireUsable() throws IOException {
    MemoryWire.Pair pair = MemoryWire.pair();
    pair.first().readTimeout(Duration.ofMillis(10));

    assertThatThrownBy(() -> pair.first().receive()).isInstanceOf(SocketTimeoutException.class);
    pair.second().send(new byte[]{1});
    assertThat(pair.first().receive()).containsExactly(1);
  }

  @Test
  void closingOneEndWakesTheOther() throws Exception {
    MemoryWire.Pair pair = MemoryWire.pair();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        pair.second().receive();
      } catch (IOException e) {
        ended.complete(e);
      }
    });

    pair.first().close();

    assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(EOFException.class);
  }

  @Test
  void refusesWhatNoTransportCarries() {
    MemoryWire wire = MemoryWire.pair().first();

    assertThatThrownBy(() -> wire.send(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> wire.send(new byte[TransportMessage.MAX_MESSAGE_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
