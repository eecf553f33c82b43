package dev.sallyport.gateway.ftp.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("whoever holds a bundle cannot take the places of others")
final class PlacesTest {
  private static final int MOST = 80;

  @TempDir
  private Path root;
  private final Set<String> linked = new HashSet<>();
  private Places places;
  private int names;

  @BeforeEach
  void open() {
    places = new Places(root, MOST, linked::contains);
  }

  private String makes(int host) {
    String name = String.format(Locale.ROOT, "%016x", names++);
    return places.make(name, InetAddress.ofLiteral("192.0.2." + host)) ? name : "";
  }

  private int made(int host, int tries) {
    int made = 0;
    for (int i = 0; i < tries; i++) {
      made += makes(host).isEmpty() ? 0 : 1;
    }
    return made;
  }

  @Test
  void oneSourceHasOneOfEightPlacesForStrangersAndLeavesTheOthersAlone() {
    assertThat(made(1, MOST)).isEqualTo(10);
    assertThat(made(2, 1)).isEqualTo(1);
  }

  @Test
  void allStrangersTogetherHaveHalfOfThePlaces() {
    int all = 0;
    for (int host = 1; host <= 20; host++) {
      all += made(host, 10);
    }
    assertThat(all).isEqualTo(40);
  }

  @Test
  void linksCountAsStrangersNoMoreAndKeepTheirPlaces() {
    for (int i = 0; i < MOST; i++) {
      String name = makes(1);
      assertThat(name).as("place %d", i).isNotEmpty();
      linked.add(name);
    }
    assertThat(makes(1)).isEmpty();
    assertThat(makes(2)).isEmpty();
  }

  @Test
  void aPlaceThatIsClearedAwayIsFree() throws IOException {
    String name = makes(1);
    assertThat(made(1, MOST)).isEqualTo(9);
    Files.delete(root.resolve(name));
    assertThat(made(1, MOST)).isEqualTo(1);
  }

  @Test
  void whatIsThereIsNotMadeAgain() {
    String name = makes(1);
    assertThat(places.make(name, InetAddress.getLoopbackAddress())).isFalse();
  }

  @Test
  void aSmallExchangeHasRoomForAFewStrangers() {
    places = new Places(root, 5, linked::contains);
    assertThat(made(1, 10)).isEqualTo(Places.LEAST);
  }
}
