package dev.sallyport.server.directive;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.sallyport.protocol.Uuids;
import org.junit.jupiter.api.Test;

class UuidV7Test {

  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
  private final UuidV7 ids = new UuidV7(() -> Instant.ofEpochMilli(millis.get()), new SecureRandom());

  @Test
  void idsAreUuidsOfVersionSevenInTheProtocolsSpelling() {
    for (int i = 0; i < 100; i++) {
      String id = Uuids.require("id", ids.next());
      assertThat(UUID.fromString(id).version()).isEqualTo(7);
      assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    }
  }

  @Test
  void idsBeginWithTheTimeInMilliseconds() {
    assertThat(ids.next()).startsWith("018bcfe5-6800-7");
  }

  @Test
  void idsRiseWhenTheClockStandsStill() {
    String last = "";
    for (int i = 0; i < 20_000; i++) {
      String next = ids.next();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void idsRiseWhenTheClockGoesBack() {
    String before = ids.next();
    millis.addAndGet(-3_600_000);
    assertThat(ids.next()).isGreaterThan(before);
  }

  @Test
  void twoServersNeverMakeTheSameId() {
    var other = new UuidV7(InstantSource.fixed(Instant.ofEpochMilli(millis.get())), new SecureRandom());
    var seen = new HashSet<String>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(seen.add(ids.next())).isTrue();
      assertThat(seen.add(other.next())).isTrue();
    }
  }
}
