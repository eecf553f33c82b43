package dev.sallyport.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.sallyport.agent.fake.Await;
import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.library.Isolation;
import dev.sallyport.protocol.library.LibraryVersion;
import dev.sallyport.protocol.operation.LibraryOperation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries in the running agent, compiled, signed and sent as real ones are. */
final class LibrariesTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir
  private Path scratch = Path.of("");

  private Bench bench = new Bench(Path.of("target"));

  LibrariesTest() throws IOException {
  }

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(scratch);
  }

  @AfterAll
  static void endWhatHangs() {
    System.setProperty("library.stop", "true");
  }

  private static void refused(Ending ending, String why) {
    assertThat(ending.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(ending.reason()).contains(why);
  }

  @Test
  void whatWasSentInBlocksCanBeCalled() throws IOException {
    bench.trust();
    var made = bench.workshop.make("1.0.0", Isolation.AGENT);
    Ending lacking = bench.call(made, Bench.LONG, "greet", "Ada");
    refused(lacking, "not on this machine");
    assertThat(lacking.value().bool("held")).isFalse();
    bench.send(made, 700);
    assertThat(bench.call(made, Bench.LONG, "greet", "Ada").value().string("result"))
        .isEqualTo("Hello, Ada, from 1.0.0");
    assertThat(bench.printed()).isEqualTo("greeting Ada\n");
    assertThat(bench.call(made, Bench.LONG, "resource").value().string("result")).isEqualTo("good day");
    assertThat(bench.run(new LibraryOperation.Held()).value().objects("libraries", 9)).singleElement()
        .satisfies(held -> assertThat(held.bool("loaded")).isTrue());
    bench.restart();
    assertThat(bench.call(made, Bench.LONG, "greet", "Bob").outcome()).isEqualTo(Outcome.DONE);
    Bench.done(bench.run(new LibraryOperation.Drop(made.sha256())));
    refused(bench.call(made, Bench.LONG, "greet", "Ada"), "not on this machine");
  }

  @Test
  @DisplayName("T17 nothing is taken, kept or loaded without a signature that counts")
  void whatIsNotSignedIsRefused() throws IOException {
    var made = bench.workshop.make("1.0.0", Isolation.AGENT);
    refused(bench.run(new LibraryOperation.Offer(made.envelope())), "not signed by a key that is trusted");
    bench.trust();
    refused(bench.put(made.sha256(), made.jar(), 0, 100), "no signature was shown");
    refused(bench.run(new LibraryOperation.Keep(made.sha256())), "no signature was shown");
    byte[] other = made.envelope().toArray();
    other[20] ^= 1;
    assertThat(bench.run(new LibraryOperation.Offer(Bytes.of(other))).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  @DisplayName("T17 a jar that was changed on its way, or on the disk, is refused and deleted")
  void whatWasTamperedWithIsRefused() throws IOException {
    bench.trust();
    var made = bench.workshop.make("1.0.0", Isolation.AGENT);
    byte[] jar = made.jar().toArray();
    jar[jar.length / 2] ^= 1;
    Bench.done(bench.run(new LibraryOperation.Offer(made.envelope())));
    Bench.done(bench.put(made.sha256(), Bytes.of(jar), 0, jar.length));
    refused(bench.run(new LibraryOperation.Keep(made.sha256())), "not the one that was signed");
    bench.sent(made);
    Path kept = scratch.resolve("state").resolve("libraries").resolve(made.sha256().hex() + ".jar");
    Files.write(kept, jar);
    refused(bench.call(made, Bench.LONG, "greet", "Ada"), "not the one that was signed");
    assertThat(kept).doesNotExist();
  }

  @Test
  @DisplayName("T17 old, withdrawn and foreign libraries are refused, and what was once told cannot be taken back")
  void whatDoesNotCountAnyMoreIsRefused() throws IOException {
    bench.trust();
    var old = bench.sent(bench.workshop.make("1.0.0", Isolation.AGENT));
    var fresh = bench.sent(bench.workshop.make("1.1.0", Isolation.AGENT));
    Bench.done(bench.call(old, Bench.LONG, "greet", "Ada"));
    Bytes floor = bench.workshop.trust(3, Map.of("example", LibraryVersion.of("1.1.0")), List.of());
    Bench.done(bench.run(new LibraryOperation.Trust(floor)));
    refused(bench.call(old, Bench.LONG, "greet", "Ada"), "older than 1.1.0");
    refused(bench.run(new LibraryOperation.Trust(bench.workshop.trust(2, Map.of(), List.of()))), "something newer");
    bench.restart();
    refused(bench.run(new LibraryOperation.Offer(old.envelope())), "older than 1.1.0");
    Bench.done(bench.call(fresh, Bench.LONG, "greet", "Ada"));
    Bench.done(bench.run(new LibraryOperation.Trust(bench.workshop.trust(4, Map.of(), List.of(fresh.sha256())))));
    refused(bench.call(fresh, Bench.LONG, "greet", "Ada"), "withdrawn");
    refused(bench.run(new LibraryOperation.Offer(
        bench.workshop.make("1.2.0", Isolation.AGENT, Set.of(Platform.WINDOWS)).envelope())), "operating system");
  }

  @Test
  void aTransferThatWasCutGoesOnAfterARestart() throws IOException {
    bench.trust();
    var made = bench.workshop.make("1.0.0", Isolation.AGENT);
    Bench.done(bench.run(new LibraryOperation.Offer(made.envelope())));
    Bench.done(bench.put(made.sha256(), made.jar(), 0, 1000));
    bench.restart();
    assertThat(bench.run(new LibraryOperation.Offer(made.envelope())).value().integer("bytes", 0, 9999))
        .isEqualTo(1000);
    refused(bench.put(made.sha256(), made.jar(), 1001, 1100), "only 1000 bytes are here");
    Bench.done(bench.put(made.sha256(), made.jar(), 500, 1500)); // a block that comes again
    Bench.done(bench.put(made.sha256(), made.jar(), 1500, made.jar().length()));
    refused(bench.put(made.sha256(), Bytes.of(new byte[made.jar().length() + 1]), 1500, made.jar().length() + 1),
        "longer than its signature says");
    Bench.done(bench.run(new LibraryOperation.Keep(made.sha256())));
    Bench.done(bench.call(made, Bench.LONG, "greet", "Ada"));
  }

  @Test
  void aLibraryThatThrowsOrReturnsTooMuchHarmsOnlyItsOwnCall() throws IOException {
    bench.trust();
    var made = bench.sent(bench.workshop.make("1.0.0", Isolation.AGENT));
    for (var expected : Map.of("fail", "IllegalStateException: as ordered", "throw-error", "OutOfMemoryError",
        "return-much", "more than 131072 bytes").entrySet()) {
      Ending ending = bench.call(made, Bench.LONG, expected.getKey());
      assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(ending.reason()).contains(expected.getValue());
    }
    refused(bench.call(made, Bench.LONG, "no-such"), "no function of this name");
    refused(bench.call(made, Bench.LONG, "greet"), "expected 1 parameters, found 0");
    Bench.done(bench.call(made, Bench.LONG, "greet", "Ada"));
  }

  @Test
  void aLibraryThatHangsOrFloodsIsGivenUpAndAFreshCopyTakesOver() throws IOException {
    bench.trust();
    var made = bench.sent(bench.workshop.make("1.0.0", Isolation.AGENT));
    assertThat(bench.call(made, SHORT, "sleep").outcome()).isEqualTo(Outcome.EXPIRED);
    Object before = System.getProperties().get("class of 1.0.0");
    Ending late = bench.call(made, SHORT, "hang");
    assertThat(late.outcome()).isEqualTo(Outcome.EXPIRED);
    assertThat(late.reason()).contains("took too long");
    Bench.done(bench.call(made, Bench.LONG, "greet", "Ada"));
    assertThat(System.getProperties().get("class of 1.0.0")).isNotSameAs(before);
    assertThat(bench.call(made, SHORT, "flood").outcome()).isEqualTo(Outcome.EXPIRED);
    Bench.done(bench.call(made, Bench.LONG, "greet", "Ada"));
  }

  @Test
  @DisplayName("T32 a library sees the JDK and its own jar, and no class of the agent")
  void theAgentIsInvisible() throws IOException {
    bench.trust();
    var made = bench.sent(bench.workshop.make("1.0.0", Isolation.AGENT));
    assertThat(bench.call(made, Bench.LONG, "spy", Libraries.class.getName()).value().string("result"))
        .isEqualTo("invisible");
    assertThat(bench.call(made, Bench.LONG, "spy", "java.util.HashMap").value().string("result"))
        .isEqualTo("java.util.HashMap");
  }

  @Test
  @DisplayName("a newer version takes new calls while the older one ends its own, and is then closed and unloaded")
  void versionsAreReplacedWhileCallsRunAndTheirClassesLeaveTheMemory() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    System.getProperties().put("begun", begun);
    System.getProperties().put("go", go);
    bench.trust();
    var old = bench.sent(bench.workshop.make("2.0.0", Isolation.AGENT));
    var fresh = bench.sent(bench.workshop.make("2.1.0", Isolation.AGENT));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = threads.submit(() -> bench.call(old, Bench.LONG, "wait"));
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(bench.call(fresh, Bench.LONG, "greet", "Ada").value().string("result")).endsWith("2.1.0");
      assertThat(System.getProperties()).doesNotContainKey("closed 2.0.0");
      go.countDown();
      assertThat(running.get().value().string("result")).isEqualTo("2.0.0");
    }
    Await.until("the old version is closed", () -> System.getProperties().containsKey("closed 2.0.0"));
    var ofOld = (WeakReference<?>) Objects.requireNonNull(System.getProperties().get("class of 2.0.0"));
    Await.until("the classes of the old version are unloaded", () -> {
      System.gc();
      return ofOld.refersTo(null);
    });
    assertThat(((WeakReference<?>) Objects.requireNonNull(System.getProperties().get("class of 2.1.0"))).get())
        .isNotNull();
  }
}
