package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K5 Kerberos tokens from a process of their own")
final class TicketProcessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @Test
  void anAccountWithoutATicketIsToldWhatToDoAndAskedForNothing(@TempDir Path empty) {
    var process = new TicketProcess(CLASS_PATH, () -> Map.of("KRB5CCNAME", "FILE:" + empty.resolve("none")), PATIENCE);

    assertThatThrownBy(() -> process.token("proxy.example")).isInstanceOf(IOException.class)
        .hasMessageStartingWith("this account has no Kerberos ticket; get one with kinit");
  }

  @Test
  void aRealmThatDoesNotAnswerIsNotWaitedForLonger() {
    assertThatThrownBy(() -> new TicketProcess(CLASS_PATH, Map::of, Duration.ofMillis(1)).token("proxy.example"))
        .isInstanceOf(IOException.class).hasMessageContaining("did not give a ticket within");
  }

  @Test
  void anAgentWithoutTheProgramSaysSo() {
    assertThatThrownBy(() -> new TicketProcess("", Map::of, PATIENCE).token("proxy.example"))
        .isInstanceOf(IOException.class).hasMessageContaining("packaged without");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "R", "R!!!!", "RYQ==\r\nX-Header: 1", "Eno\u0007thing", "RYQ==\n"})
  void whatIsNoTokenIsNotShown(String said) {
    var ended = new Child.Ended(0, said.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> TicketProcess.token(ended)).isInstanceOf(IOException.class)
        .hasMessageNotContaining("\u0007").hasMessageNotContaining("X-Header");
  }

  @Test
  void aTokenOfAProgramThatBrokeOffIsNotShown() {
    assertThatThrownBy(() -> TicketProcess.token(new Child.Ended(3, "RYQ==".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IOException.class).hasMessageContaining("exit code 3");
  }
}
