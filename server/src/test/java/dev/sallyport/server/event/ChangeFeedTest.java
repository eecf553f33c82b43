package dev.sallyport.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class ChangeFeedTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ChangeFeed feed = new ChangeFeed();

  @Test
  void aWatcherHearsEachNameOnceHoweverOftenItChanged() throws Exception {
    try (ChangeWatch watch = feed.watch()) {
      feed.machine("b");
      feed.machine("a");
      feed.machine("b");
      feed.directive("d");
      ChangeWatch.Changes changes = watch.take(LONG);
      assertThat(changes.machines()).containsExactly("b", "a");
      assertThat(changes.directives()).containsExactly("d");
      assertThat(watch.take(Duration.ZERO).isEmpty()).isTrue();
    }
  }

  @Test
  void aWaitingWatcherIsWoken() throws Exception {
    try (ChangeWatch watch = feed.watch()) {
      var taken = CompletableFuture.supplyAsync(() -> {
        try {
          return watch.take(LONG);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });
      feed.machine("a");
      assertThat(taken.get(20, TimeUnit.SECONDS).machines()).containsExactly("a");
    }
  }

  @Test
  void aWatcherThatCannotKeepUpIsToldSoAndCostsNoMore() throws Exception {
    try (ChangeWatch watch = feed.watch()) {
      for (int i = 0; i <= ChangeWatch.MAX_NAMES; i++) {
        feed.machine("m" + i);
      }
      assertThat(watch.overrun()).isTrue();
      assertThat(watch.take(LONG).machines()).hasSize(ChangeWatch.MAX_NAMES);
    }
  }

  @Test
  void aClosedWatchHearsNothing() throws Exception {
    ChangeWatch watch = feed.watch();
    watch.close();
    feed.machine("a");
    assertThat(watch.take(Duration.ZERO).isEmpty()).isTrue();
  }
}
