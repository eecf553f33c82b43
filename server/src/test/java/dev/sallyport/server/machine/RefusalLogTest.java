package dev.sallyport.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.server.fake.FakeActions;
import dev.sallyport.server.fake.TestClock;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.store.TestDatabase;
import dev.sallyport.server.web.ThrottledLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Refused agents in the server's own log. */
class RefusalLogTest {
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
  private final TestClock clock = new TestClock();

  @BeforeEach
  void listen() {
    seen.start();
    logger().addAppender(seen);
  }

  @AfterEach
  void leave() {
    logger().detachAppender(seen);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(LinkIncidents.class);
  }

  private RefusedAttempt attempt(String subject) {
    return new RefusedAttempt(RefusalReason.BAD_TOKEN, InetAddress.getLoopbackAddress(), "websocket", subject, 7, 3,
        clock.instant());
  }

  private List<String> lines() {
    return seen.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  @DisplayName("K12 T19 a refused agent is one line with source and reason, whatever it says of itself; a flood of them is counted")
  void aRefusedAgentIsOneLine(@TempDir Path directory) {
    try (var database = DatabaseStore.open(TestDatabase.SQLITE.fresh(directory));
        var server = new TestServer(database, clock, FakeActions.all())) {
      server.incidents.refused(attempt("key:00\nforged line {} \u001b[2J${jndi:x}"));
      assertThat(lines()).singleElement().satisfies(line -> assertThat(line)
          .startsWith("agent.auth.fail reason=bad-token source=127.0.0.1 transport=websocket times=3 subject=\"key:00")
          .doesNotContain("\n", "\u001b"));
      for (int i = 0; i < 200; i++) {
        server.incidents.refused(attempt("key:01"));
      }
      assertThat(lines()).hasSize(ThrottledLog.MAX_LINES);
    }
  }
}
