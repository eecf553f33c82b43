package dev.sallyport.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.audit.SectionDigest;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.fake.FaultyStore;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.inventory.ChangeTable.Change;
import dev.sallyport.server.inventory.InventoryViews.SoftwareView;
import dev.sallyport.server.inventory.Stocktaking.Taken;
import dev.sallyport.server.store.StoreUnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Audits taken in, on both databases. */
class StocktakingTest extends ServerTest {
  private static final String SOFTWARE = "software";

  private AuditedMachine machine;
  private Stocktaking stocktaking;

  @BeforeEach
  void enrol() {
    machine = new AuditedMachine(server.enrol("web-1").id(), JsonObject.EMPTY);
    stocktaking = new Stocktaking(database, clock);
  }

  private Taken audit(boolean full) {
    return stocktaking.take(machine, AuditSection.SOFTWARE, List.of(), full);
  }

  private Map<String, JsonObject> stored() {
    var stored = new TreeMap<String, JsonObject>();
    database.read(sql -> new ItemTable(sql).page(machine.machine(), SOFTWARE, "", "", 10_000))
        .forEach(item -> stored.put(item.key(), item.item().fields()));
    return stored;
  }

  private List<Change> changes() {
    return database
        .read(sql -> new ChangeTable(sql).page(machine.machine(), "", Instant.EPOCH, Long.MAX_VALUE, 10_000));
  }

  private SectionState section() {
    return database.read(sql -> new SectionTable(sql).find(machine.machine(), SOFTWARE)).orElseThrow();
  }

  @Test
  void theFirstAuditIsABeginningAndTheNextTellsWhatChanged() {
    machine.install("openssl", "3.0.1");
    machine.install("telnet", "1");
    assertThat(audit(false).whole()).isTrue();
    assertThat(changes()).isEmpty();

    clock.advance(Duration.ofHours(1));
    machine.install("openssl", "3.0.2");
    machine.install("vim", "9");
    machine.remove("telnet");
    Taken taken = audit(false);

    assertThat(taken.whole()).isFalse();
    assertThat(taken.changes()).isEqualTo(3);
    assertThat(stored()).isEqualTo(machine.items());
    assertThat(section().audited()).contains(clock.instant());
    assertThat(section().unsupported()).containsExactly("rpm");
    assertThat(changes()).allSatisfy(change -> assertThat(change.at()).isEqualTo(clock.instant()))
        .extracting(Change::key, Change::before, Change::after).containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("dpkg openssl", "{\"name\":\"openssl\",\"version\":\"3.0.1\"}",
                "{\"name\":\"openssl\",\"version\":\"3.0.2\"}"),
            org.assertj.core.groups.Tuple.tuple("dpkg vim", null, "{\"name\":\"vim\",\"version\":\"9\"}"),
            org.assertj.core.groups.Tuple.tuple("dpkg telnet", "{\"name\":\"telnet\",\"version\":\"1\"}", null));
  }

  @Test
  @DisplayName("seeded: whatever happens between audits, the server holds what the machine has")
  void theServerHoldsWhatTheMachineHas() {
    var random = new Random(11);
    for (int round = 0; round < 30; round++) {
      for (int edit = random.nextInt(6); edit > 0; edit--) {
        String name = "p" + random.nextInt(30);
        if (random.nextInt(3) == 0) {
          machine.remove(name);
        } else {
          machine.install(name, "1." + random.nextInt(4));
        }
      }
      if (random.nextInt(4) == 0) {
        machine.forget();
      }
      audit(random.nextInt(5) == 0);
      assertThat(stored()).isEqualTo(machine.items());
      assertThat(section().items()).isEqualTo(machine.items().size());
    }
    assertThat(changes()).as("a full audit of what is known changes nothing").hasSizeLessThan(30 * 6);
    long before = changes().size();
    audit(true);
    assertThat(changes()).hasSize((int) before);
  }

  @Test
  @DisplayName("a crash at any write between the audit and its end loses nothing, and the history tells each change once")
  void aCrashLosesNothing() {
    for (int i = 0; i < 450; i++) {
      machine.install("p" + i, "1");
    }
    audit(false);
    for (int i = 0; i < 450; i++) {
      machine.install("p" + i, "2");
    }
    int crashes = 0;
    for (int write = 1; write <= 4; write++) {
      for (FaultyStore.Side side : FaultyStore.Side.values()) {
        var faulty = new FaultyStore(database);
        faulty.failAt(write, side, () -> {});
        try {
          new Stocktaking(faulty, clock).take(machine, AuditSection.SOFTWARE, List.of(), false);
        } catch (StoreUnavailableException e) {
          crashes++;
        }
        assertThat(SectionDigest.require("digest", section().digest())).isNotEmpty();
      }
    }
    audit(false);

    assertThat(crashes).isPositive();
    assertThat(stored()).isEqualTo(machine.items());
    assertThat(changes()).hasSize(450);
  }

  @Test
  void whatDoesNotComeToItsDigestIsAskedForAnewAndThenRefused() {
    machine.install("a", "1");
    audit(false);
    machine.install("b", "1");
    machine.damages(bytes -> machine.asked().size() == 2 ? new byte[0] : bytes);
    machine.lies(result -> result);
    assertThatThrownBy(() -> audit(false)).isInstanceOf(ProtocolException.class);

    machine.damages(bytes -> bytes);
    machine.lies(AuditOperationLies::otherDigest);
    assertThatThrownBy(() -> audit(false)).isInstanceOf(ProtocolException.class).hasMessageContaining("digest");
    assertThat(machine.asked().getLast().base()).isEmpty();

    machine.lies(result -> result);
    audit(false);
    assertThat(stored()).isEqualTo(machine.items());
  }

  /** Lies of an agent about what it found. */
  private static final class AuditOperationLies {
    private static OperationResult otherDigest(OperationResult told) {
      return OperationResult.found(told.started(), told.ended(), JsonObject.builder().put("digest", "ab".repeat(32))
          .put("items", 1).put("cut", false).putStrings("unsupported", List.of()).build());
    }
  }

  @Test
  @DisplayName("T19 hostile answers are refused, and what was known stays")
  void hostileAnswersAreRefused() {
    machine.install("a", "1");
    audit(false);
    for (byte[] bytes : List.of("not gzip".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[]{0x1f},
        Bomb.lines("{\"key\":\"\\u001b[2J\",\"fields\":{}}\n", 1), Bomb.lines("{\"key\":\"a\"", 1),
        Bomb.lines("x", 1 << 18),
        Bomb.lines("{}\n", 5))) {
      machine.damages(_ -> bytes);
      assertThatThrownBy(() -> audit(true)).isInstanceOf(ProtocolException.class);
    }
    machine.damages(bytes -> bytes);
    audit(false);
    assertThat(stored()).isEqualTo(machine.items());
  }

  @Test
  void anAuditThatFailsLeavesWhatIsKnown() {
    machine.install("a", "1");
    audit(false);
    machine.lies(_ -> AuditedMachine.ended(Outcome.FAILED));
    assertThat(audit(false).result().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(stored()).hasSize(1);
  }

  @Test
  void filesOfOtherPatternsAreNoChangesOfTheMachine() {
    machine.install("a", "1");
    stocktaking.take(machine, AuditSection.FILES, List.of("/a*"), false);
    machine.items().clear();
    machine.install("b", "1");
    stocktaking.take(machine, AuditSection.FILES, List.of("/b*"), false);
    machine.install("b", "2");
    stocktaking.take(machine, AuditSection.FILES, List.of("/b*"), false);

    List<StoredItem> files = database.read(sql -> new ItemTable(sql).page(machine.machine(), "files", "", "", 10));
    assertThat(files).extracting(StoredItem::key).containsExactly("dpkg b");
    assertThat(changes()).extracting(Change::key).containsExactly("dpkg b");
  }

  @Test
  void softwareIsFoundOnAllMachinesByNameAndVersion() {
    machine.install("openssl", "3.0.2-1");
    machine.install("openssl-dev", "3.0.2-1");
    machine.install("100%_sure", "1");
    audit(false);
    var other = new AuditedMachine(server.enrol("web-2").id(), JsonObject.EMPTY);
    other.install("openssl", "3.0.10-1");
    stocktaking.take(other, AuditSection.SOFTWARE, List.of(), false);
    var inventories = new Inventories(database);

    assertThat(inventories.software("OpenSSL", "", Sight.WHOLE, "", 10).software())
        .extracting(SoftwareView::machineName)
        .containsExactlyInAnyOrder("web-1", "web-2");
    assertThat(inventories.software("openssl", "3.0.9", Sight.WHOLE, "", 10).software())
        .extracting(SoftwareView::machineName)
        .containsExactly("web-1");
    assertThat(inventories.software("100%_*", "", Sight.WHOLE, "", 10).software()).hasSize(1);
    assertThat(inventories.software("openss_", "", Sight.WHOLE, "", 10).software()).isEmpty();

    var first = inventories.software("openssl*", "", Sight.WHOLE, "", 2);
    assertThat(first.software()).hasSize(2);
    var second = inventories.software("openssl*", "", Sight.WHOLE, String.valueOf(first.next()), 2);
    assertThat(second.software()).extracting(SoftwareView::key).containsExactly("dpkg openssl-dev");
    assertThat(second.next()).isNull();
  }

  @Test
  void pagesAreCompleteAndAFilterFindsKeysAndTexts() {
    for (int i = 0; i < 25; i++) {
      machine.install("p" + i, i == 7 ? "Seven_%" : "1");
    }
    audit(false);
    var inventories = new Inventories(database);
    int seen = 0;
    String after = "";
    do {
      var page = inventories.items(machine.machine(), SOFTWARE, "", after, 10);
      seen += page.items().size();
      after = page.next() == null ? "" : page.next();
    } while (!after.isEmpty());
    assertThat(seen).isEqualTo(25);
    assertThat(inventories.items(machine.machine(), SOFTWARE, "seven_%", "", 10).items()).hasSize(1);
    assertThat(inventories.items(machine.machine(), SOFTWARE, "P7", "", 10).items()).hasSize(1);
    assertThat(inventories.items(machine.machine(), SOFTWARE, "_", "", 10).items()).hasSize(1);
  }

  @Test
  void oldHistoryGoes() {
    machine.install("a", "1");
    audit(false);
    for (int i = 2; i < 5; i++) {
      machine.install("a", "" + i);
      audit(false);
    }
    clock.advance(ChangeTable.KEEP.plusDays(1));
    machine.install("a", "5");
    audit(false);
    assertThat(changes()).hasSize(1);
  }
}
