package dev.sallyport.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTest {
  private static byte[] bytes(char kind, int millis, String title, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(kind);
      out.writeInt(millis);
      out.writeUTF(title);
      out.writeUTF(text);
    }
    return bytes.toByteArray();
  }

  private static Request read(byte[] bytes) throws IOException {
    return Request.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    assertThat(read(bytes('A', 60_000, "Title", "a\n\tb ü 😀")))
        .isEqualTo(new Request(Request.Kind.ASK, "Title", "a\n\tb ü 😀", Duration.ofMinutes(1)));
    assertThat(read(bytes('M', 1, "", "x")).kind()).isEqualTo(Request.Kind.MESSAGE);
    assertThat(read(bytes('N', 1, "", "x")).kind()).isEqualTo(Request.Kind.NOTICE);
  }

  @Test
  void anythingElseIsRefused() throws IOException {
    byte[] whole = bytes('M', 1000, "Title", "text");
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(part)).isInstanceOf(EOFException.class);
    }
    assertThatThrownBy(() -> read(bytes('X', 1000, "", "x"))).isInstanceOf(IOException.class)
        .hasMessageContaining("no kind of request");
    assertThatThrownBy(() -> read(bytes('M', 0, "", "x"))).isInstanceOf(IOException.class).hasMessageContaining("time");
    assertThatThrownBy(() -> read(bytes('M', -5, "", "x"))).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 0x1b, 0x0d, 0x7f, 0x9b, 0x200e, 0x202e, 0x2067, 0x2028, 0xfeff, 0xd800, 0x061c})
  void whatCouldShowOneTextAndMeanAnotherIsReplaced(int character) throws IOException {
    Request request = read(bytes('M', 1000, "a" + (char) character, "b" + (char) character + "c"));
    assertThat(request.title()).isEqualTo("a\uFFFD");
    assertThat(request.text()).isEqualTo("b\uFFFDc");
  }
}
