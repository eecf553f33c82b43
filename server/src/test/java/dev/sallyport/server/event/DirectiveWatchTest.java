package dev.sallyport.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class DirectiveWatchTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private final ChangeFeed feed = new ChangeFeed();

  @Test
  void tellsChangesOfItsDirectiveOnly() throws InterruptedException {
    try (DirectiveWatch watch = feed.watch("one")) {
      feed.directive("another");
      assertThat(watch.take(Duration.ZERO)).isFalse();

      feed.directive("one");
      assertThat(watch.take(LONG)).isTrue();
    }
  }

  @Test
  void tellsManyChangesOnce() throws InterruptedException {
    try (DirectiveWatch watch = feed.watch("one")) {
      feed.directive("one");
      feed.directive("one");

      assertThat(watch.take(LONG)).isTrue();
      assertThat(watch.take(Duration.ZERO)).isFalse();
    }
  }

  @Test
  void wakesWhoeverWaits() throws Exception {
    try (DirectiveWatch watch = feed.watch("one")) {
      var woken = new CompletableFuture<Boolean>();
      Thread waiting = Thread.ofVirtual().start(() -> {
        try {
          woken.complete(watch.take(LONG));
        } catch (InterruptedException e) {
          woken.completeExceptionally(e);
        }
      });
      feed.directive("one");

      assertThat(woken.get(1, TimeUnit.MINUTES)).isTrue();
      waiting.join();
    }
  }

  @Test
  void severalWatchOneDirectiveAndAClosedOneDisturbsNobody() throws InterruptedException {
    try (DirectiveWatch stays = feed.watch("one")) {
      DirectiveWatch leaves = feed.watch("one");
      leaves.close();
      feed.directive("one");

      assertThat(stays.take(LONG)).isTrue();
      assertThat(leaves.take(Duration.ZERO)).isFalse();
    }
  }
}
