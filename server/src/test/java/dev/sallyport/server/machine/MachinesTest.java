package dev.sallyport.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.fake.FakeLink;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.machine.MachineQuery.Presence;
import dev.sallyport.server.site.Approval;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators see of machines. */
class MachinesTest extends ServerTest {
  @Test
  void machinesAreListedByNameWhateverTheirCase() {
    server.enrol("web-2");
    server.enrol("Alpha");
    server.enrol("WEB-1");
    assertThat(names("*", Presence.ANY)).containsExactly("Alpha", "WEB-1", "web-2");
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetitionEvenAmongEqualNames() {
    for (int i = 0; i < 7; i++) {
      server.enrol("same");
    }
    var seen = new ArrayList<String>();
    String after = "";
    int pages = 0;
    while (after != null) {
      MachinePage page = server.machines.list(new MachineQuery(NameGlob.ALL, Presence.ANY, after, 3), Sight.WHOLE);
      page.machines().forEach(machine -> seen.add(machine.id()));
      after = page.next();
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void aPageThatIsJustFullIsTheLast() {
    server.enrol("a");
    server.enrol("b");
    assertThat(server.machines.list(new MachineQuery(NameGlob.ALL, Presence.ANY, "", 2), Sight.WHOLE).next()).isNull();
  }

  @Test
  @DisplayName("patterns know * and ?; everything else, SQL's own wildcards among it, stands for itself")
  void patternsStandForWhatTheySay() {
    for (String name : List.of("web-1", "web_1", "web%1", "web!1", "db-1", "it's")) {
      server.enrol(name);
    }
    assertThat(names("web?1", Presence.ANY)).containsExactlyInAnyOrder("web-1", "web_1", "web%1", "web!1");
    assertThat(names("web_1", Presence.ANY)).containsExactly("web_1");
    assertThat(names("web%1", Presence.ANY)).containsExactly("web%1");
    assertThat(names("web!1", Presence.ANY)).containsExactly("web!1");
    assertThat(names("WEB-*", Presence.ANY)).containsExactly("web-1");
    assertThat(names("*'*", Presence.ANY)).containsExactly("it's");
    assertThat(names("' OR 1=1 --", Presence.ANY)).isEmpty();
    assertThatThrownBy(() -> new NameGlob("a\u0000")).isInstanceOf(ProtocolException.class);
  }

  @Test
  void machinesAreToldApartByWhetherTheyAreThere() {
    FakeMachine here = server.enrol("here");
    server.enrol("away");
    server.enrol("new", Approval.MANUAL);
    FakeMachine gone = server.enrol("gone");
    server.machines.revoke(gone.id());
    FakeLink link = server.connect(here);

    assertThat(names("*", Presence.ONLINE)).containsExactly("here");
    assertThat(names("*", Presence.OFFLINE)).containsExactly("away");
    assertThat(names("*", Presence.PENDING)).containsExactly("new");
    assertThat(names("*", Presence.ANY)).containsExactly("away", "here", "new");
    link.cut();
    assertThat(names("*", Presence.ONLINE)).isEmpty();
  }

  @Test
  void thoseThatAreThereAreFoundAmongManyThatAreNot() {
    for (int i = 0; i < 30; i++) {
      server.enrol("away-%02d".formatted(i));
    }
    server.connect(server.enrol("away-10x"));
    server.connect(server.enrol("z"));
    MachinePage first = server.machines.list(new MachineQuery(NameGlob.ALL, Presence.ONLINE, "", 1), Sight.WHOLE);
    assertThat(first.machines()).extracting(MachineView::name).containsExactly("away-10x");
    MachinePage second = server.machines
        .list(new MachineQuery(NameGlob.ALL, Presence.ONLINE, String.valueOf(first.next()), 1), Sight.WHOLE);
    assertThat(second.machines()).extracting(MachineView::name).containsExactly("z");
    assertThat(second.next()).isNull();
  }

  @Test
  void aPositionThatNoPageGaveIsRefused() {
    for (String after : List.of("x", "====", "bm90IGEgdXVpZA", "AAAA")) {
      assertThatThrownBy(
          () -> server.machines.list(new MachineQuery(NameGlob.ALL, Presence.ANY, after, 2), Sight.WHOLE)).as(after)
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void whatAMachineSaysOfItselfIsWrittenDownWhenItComes() {
    FakeMachine machine = server.enrol("web-1");
    FakeLink link = server.connect(machine);
    awaitStored("SELECT COUNT(*) FROM machine WHERE os = 'Debian 12' AND agent_version = '1.0'");
    MachineView online = server.machines.view(server.machines.find(machine.id()).orElseThrow());
    assertThat(online.state()).isEqualTo("online");
    assertThat(online.site()).isEqualTo("default");
    assertThat(online.transport()).isEqualTo("websocket");
    assertThat(online.address()).isEqualTo("127.0.0.1");
    assertThat(online.since()).isEqualTo(link.facts().since());

    clock.advance(Duration.ofMinutes(3));
    link.cut();
    awaitStored("SELECT COUNT(*) FROM machine WHERE last_seen = " + clock.millis());
    MachineView offline = server.machines.view(server.machines.find(machine.id()).orElseThrow());
    assertThat(offline.state()).isEqualTo("offline");
    assertThat(offline.since()).isEqualTo(clock.instant());
    assertThat(offline.lastSeen()).isEqualTo(clock.instant());
  }

  @Test
  @DisplayName("T19 hostile names are stored as plain text: no control characters, no direction tricks, bounded")
  void hostileTextIsCleanedBeforeItIsStored() {
    assertThat(MachineText.line("a\u0000b\u001b[31m\nc\u202ed")).isEqualTo("a\uFFFDb\uFFFD[31m\uFFFDc\uFFFDd");
    assertThat(MachineText.line("x".repeat(1_000))).hasSize(MachineText.MAX_LENGTH);
    String script = "<img src=x onerror=alert(1)>";
    FakeMachine machine = server.enrol(script);
    assertThat(server.machines.find(machine.id()).orElseThrow().name())
        .as("mark-up is text; whoever shows it escapes it").isEqualTo(script);
  }

  @Test
  @DisplayName("T14 ids are opaque: nothing but a machine's own id finds it")
  void idsAreOpaque() {
    FakeMachine machine = server.enrol("web-1");
    for (String id : List.of("", ".", "..", "../" + machine.id(), machine.id().toUpperCase(Locale.ROOT),
        machine.id() + "/..",
        machine.id() + "\u0000", "%2e%2e", "web-1", "' OR '1'='1")) {
      assertThat(server.machines.find(id)).as(id).isEmpty();
    }
    assertThat(server.machines.find(machine.id())).isPresent();
  }

  @Test
  void approvingOrDismissingAMachineEndsItsLinkSoThatItLearnsOfIt() {
    FakeMachine pending = new FakeMachine(server.enrol("new", Approval.MANUAL), clock);
    FakeLink link = server.connect(pending);
    assertThat(names("*", Presence.PENDING)).containsExactly("new");
    server.machines.approve(pending.id());
    assertThat(link.isUp()).isFalse();

    FakeLink again = server.connect(pending);
    server.machines.revoke(pending.id());
    assertThat(again.isUp()).isFalse();
    assertThat(server.machines.view(server.machines.find(pending.id()).orElseThrow()).state()).isEqualTo("revoked");
  }

  private List<String> names(String glob, Presence presence) {
    return server.machines.list(new MachineQuery(new NameGlob(glob), presence, "", 100), Sight.WHOLE).machines()
        .stream()
        .map(MachineView::name).toList();
  }

  private void awaitStored(String query) {
    TestServer.await(query, () -> database.<Long>read(sql -> count(sql, query)) == 1, () -> {});
  }

  private static Long count(JdbcClient sql, String query) {
    return sql.sql(query).query(Long.class).single();
  }
}
