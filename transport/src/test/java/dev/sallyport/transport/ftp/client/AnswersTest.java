package dev.sallyport.transport.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.sallyport.transport.socket.InputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
  @Test
  void aReplyMayHaveSeveralLinesAndEndsWithItsCode() throws IOException {
    InputBuffer in = input("220-one\r\n220is not the end\r\n 220 nor this\n220 two\r\n331\r\n");

    assertThat(ReplyReader.read(in).lines()).containsExactly("220-one", "220is not the end", " 220 nor this",
        "220 two");
    assertThat(ReplyReader.read(in).code()).isEqualTo(331);
    assertThatThrownBy(() -> ReplyReader.read(in)).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "22", "hello", "999 no", "020 no", "22x no", "220_no", "HTTP/1.1 400 Bad Request",
      "SSH-2.0-OpenSSH\u001b[2J"})
  void whatIsNoReplyIsRefusedInPlainWords(String line) {
    assertThatThrownBy(() -> ReplyReader.read(input(line + "\r\n"))).isInstanceOf(IOException.class)
        .hasMessageContaining("speaks no FTP").hasMessageNotContaining("\u001b");
  }

  @Test
  void aLineHasItsLimit() {
    assertThatThrownBy(() -> ReplyReader.read(input("220 " + "x".repeat(ReplyReader.MAX_LINE_BYTES) + "\r\n")))
        .isInstanceOf(IOException.class).hasMessageContaining("more than 1024 bytes");
  }

  @Test
  void aReplyHasItsLimit() {
    assertThatThrownBy(() -> ReplyReader.read(input("220-x\r\n".repeat(ReplyReader.MAX_REPLY_LINES + 1))))
        .isInstanceOf(IOException.class).hasMessageContaining("more than 200 lines");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"227 Entering Passive Mode (127,0,0,1,4,1).;1025", "227 1,2,3,4,255,255;65535",
      "227 =10,0,0,1,0,21;21"})
  void aPassivePortIsRead(String line, int port) throws IOException {
    assertThat(PassivePort.plain(new Reply(227, List.of(line)))).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"227", "227 here", "227 (1,2,3,4,5)", "227 (1,2,3,4,256,1)", "227 (1,2,3,4,0,0)",
      "227 (1,2,3,4,-1,1)", "227 (1,2,3,4,99999999999,1)", "227 (1,2,3,4,,1)", "227 (\u0661,2,3,4,5,6)"})
  void whatNamesNoPassivePortIsRefused(String line) {
    assertThatThrownBy(() -> PassivePort.plain(new Reply(227, List.of(line)))).isInstanceOf(IOException.class);
  }

  @Test
  void anExtendedPassivePortIsRead() throws IOException {
    assertThat(PassivePort.extended(new Reply(229, List.of("229 Entering (|||6446|)")))).isEqualTo(6446);
    assertThat(PassivePort.extended(new Reply(229, List.of("229 Entering (!!!1!)")))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"229", "229 ()", "229 (|||)", "229 (||||)", "229 (|1|10.0.0.1|21|)", "229 (|||65536|)",
      "229 (|||0|)", "229 (|||21!)", "229 )(", "229 (|||2 1|)"})
  void whatNamesNoExtendedPassivePortIsRefused(String line) {
    assertThatThrownBy(() -> PassivePort.extended(new Reply(229, List.of(line)))).isInstanceOf(IOException.class);
  }

  @Test
  void ofAListingOnlyNamesThatCanBeOursAreRead() throws IOException {
    assertThat(Listing.NLST.names(bytes("a.slp\r\ndir/b.slp\n../..\r\n..\r\n.hidden\r\nwith space\r\n\u00e4\r\n")))
        .containsExactly("a.slp", "b.slp");
    assertThat(Listing.MLSD.names(bytes("type=file;size=1; c.slp\r\ntype=cdir; .\r\n"))).containsExactly("c.slp");
    assertThat(Listing.LIST.names(bytes("total 1\r\n-rw-r--r-- 1 a b 17 Nov 22 10:00 d.slp\r\n")))
        .containsExactly("1", "d.slp");
    assertThat(Listing.NLST.names(bytes("x".repeat(5_000) + "\r\ne\r\n"))).containsExactly("e");
  }

  @Test
  void aListingHasItsLimit() {
    assertThatThrownBy(() -> Listing.NLST.names(bytes("a\n".repeat(Listing.MAX_LINES + 1))))
        .isInstanceOf(IOException.class).hasMessageContaining("more than 10000 entries");
  }

  private static InputBuffer input(String text) {
    return new InputBuffer(new ByteArrayInputStream(bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
