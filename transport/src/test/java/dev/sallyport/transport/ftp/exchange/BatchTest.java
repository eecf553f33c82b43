package dev.sallyport.transport.ftp.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.TransportMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  @Test
  void aFileIsMessagesBehindTheirLengthsAndAnEnd() throws IOException {
    byte[] file = new Batch(List.of(new byte[]{1, 2}, new byte[]{3}), false).encode();

    assertThat(HexFormat.of().formatHex(file)).isEqualTo("00000002" + "0102" + "00000001" + "03" + "00000000");
    assertThat(Batch.decode(file).messages()).containsExactly(new byte[]{1, 2}, new byte[]{3});
    assertThat(Batch.decode(file).last()).isFalse();
    assertThat(HexFormat.of().formatHex(new Batch(List.of(), true).encode())).isEqualTo("ffffffff");
    assertThat(Batch.decode(new byte[]{-1, -1, -1, -1}).last()).isTrue();
  }

  @Test
  void everyShorterFileIsNotWhole() {
    byte[] file = new Batch(List.of(new byte[]{1, 2}, new byte[]{3}), true).encode();
    for (int length = 0; length < file.length; length++) {
      byte[] part = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> Batch.decode(part)).isInstanceOf(IOException.class).hasMessage("a file is not whole");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000", "ffffffff00000000", "80000000", "fffffffe", "000101d1", "7fffffff00"})
  void whatIsNoFileIsRefused(String hex) {
    assertThatThrownBy(() -> Batch.decode(HexFormat.of().parseHex(hex))).isInstanceOf(ProtocolException.class);
  }

  @FuzzTest(maxDuration = "30s")
  @DisplayName("T41 the parser of exchanged files")
  void files(byte[] bytes) {
    try {
      Batch batch = Batch.decode(bytes);
      for (byte[] message : batch.messages()) {
        if (message.length == 0 || message.length > TransportMessage.MAX_MESSAGE_BYTES) {
          throw new AssertionError("a message of " + message.length + " bytes");
        }
      }
      if (!Arrays.equals(batch.encode(), bytes)) {
        throw new AssertionError("two ways to write one file");
      }
    } catch (IOException | ProtocolException expected) {
      if (expected.getMessage() == null) {
        throw new AssertionError("a failure must say what happened", expected);
      }
    }
  }

  @Test
  void onlyALinksOwnFilesBearItsName() {
    var place = new LinkPlace("0123456789abcdef");

    assertThat(place.whole(10)).isEqualTo("0123456789abcdef-000000000000000a.slp");
    assertThat(place.draft(10, 31)).isEqualTo("0123456789abcdef-000000000000000a.1f.part");
    assertThat(List.of(place.whole(0), place.draft(1, 0), place.draft(1, -1)))
        .allMatch(name -> LinkPlace.isFile(place.link(), name));
    assertThat(List.of("", place.link(), place.whole(0) + "x", place.whole(0).toUpperCase(java.util.Locale.ROOT),
        "x" + place.whole(0), "1123456789abcdef-000000000000000a.slp", "0123456789abcdef-000000000000000a..part",
        "0123456789abcdef-000000000000000a.123456789.part", "0123456789abcdef-000000000000000a.part"))
        .noneMatch(name -> LinkPlace.isFile(place.link(), name));
    assertThat(List.of("", "..", "0123456789abcdeF", "0123456789abcde", "0123456789abcdef0"))
        .noneMatch(LinkPlace::isLink);
  }
}
