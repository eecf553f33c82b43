package dev.sallyport.transport.proxy.pac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 what a proxy script says")
final class ScriptAnswerTest {
  private static List<String> routes(String answer) throws IOException {
    return ScriptAnswer.routes(answer, Tickets.NONE).stream().map(Route::describe).toList();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      DIRECT                                   | direct
      ''                                       | direct
      PROXY a:8080; DIRECT                     | http proxy a:8080,direct
      DIRECT; PROXY a                          | direct,http proxy a:80
      proxy a:1;HTTP b:2 ;; HTTPS c ; SOCKS5 d | http proxy a:1,http proxy b:2,https proxy c:443,socks5 proxy d:1080
      SOCKS a:1; SOCKS4 b                      | socks4a proxy a:1,socks4a proxy b:1080
      PROXY [2001:db8::1]:8080                 | http proxy [2001:db8::1]:8080
      QUIC a:1; PROXY b:1; PROXY u:p@c:1       | http proxy b:1
      """)
  void readsTheListInItsOrder(String answer, String expected) throws IOException {
    assertThat(String.join(",", routes(answer))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "PROXY", "PROXY a b c", "PROXY a:99999", "PROXY u:secret@a:1", "\u001b[2J"})
  void whatNamesNoProxyAtAllIsAnError(String answer) {
    assertThatThrownBy(() -> routes(answer)).isInstanceOf(IOException.class).hasMessageContaining("names no proxy")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void triesNoMoreThanSixteen() throws IOException {
    assertThat(routes("PROXY a:1;".repeat(100))).hasSize(16);
  }
}
