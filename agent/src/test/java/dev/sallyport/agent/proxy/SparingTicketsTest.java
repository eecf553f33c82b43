package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("K5 an account without tickets is not asked for them at every connection")
final class SparingTicketsTest {
  private final List<String> asked = new ArrayList<>();
  private boolean has;
  private long now = Long.MAX_VALUE - 1; // the clock may wrap
  private final SparingTickets tickets = new SparingTickets(host -> {
    asked.add(host);
    if (!has) {
      throw new IOException("no ticket for " + host);
    }
    return "token";
  }, () -> now);

  @Test
  void whereThereWasNoneNobodyIsAskedForAWhile() throws Exception {
    assertThatThrownBy(() -> tickets.token("proxy")).hasMessage("no ticket for proxy");
    has = true;
    now += SparingTickets.PAUSE.toNanos() - 1;
    assertThatThrownBy(() -> tickets.token("proxy")).hasMessage("no ticket for proxy");
    assertThat(asked).containsExactly("proxy");

    now++;
    assertThat(tickets.token("proxy")).isEqualTo("token");
  }

  @Test
  void anotherProxyIsAnotherMatter() {
    assertThatThrownBy(() -> tickets.token("proxy")).hasMessage("no ticket for proxy");
    assertThatThrownBy(() -> tickets.token("other")).hasMessage("no ticket for other");
    assertThat(asked).containsExactly("proxy", "other");
  }

  @Test
  void whereThereIsOneItIsMadeAnewForEachConnection() throws Exception {
    has = true;
    tickets.token("proxy");
    tickets.token("proxy");
    assertThat(asked).hasSize(2);
  }
}
