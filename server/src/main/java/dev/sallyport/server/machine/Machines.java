package dev.sallyport.server.machine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.machine.MachineTable.Position;
import dev.sallyport.server.site.Sites;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.switchboard.Switchboard;

/** The machines of this server, as operators and other features see them. */
public final class Machines {
  /** Rows read at a time while looking for machines that are (not) there; the database does not know who is. */
  private static final int SCAN = 1_000;
  /** Lower case can be longer than upper case. */
  private static final int MAX_KEY_LENGTH = 3 * MachineText.MAX_LENGTH;

  private final Store store;
  private final Switchboard switchboard;
  private final Sites sites;
  private final Tags tags;
  private final ChangeFeed feed;
  private final InstantSource clock;

  public Machines(Store store, Switchboard switchboard, Sites sites, Tags tags, ChangeFeed feed,
      InstantSource clock) {
    this.store = store;
    this.switchboard = switchboard;
    this.sites = sites;
    this.tags = tags;
    this.feed = feed;
    this.clock = clock;
  }

  /** A machine that may be given directives. */
  public record Target(String id, String name) {}

  /**
   * Lists machines by name.
   *
   * @param sight those that whoever asks may see
   * @throws ProtocolException if {@code after} is not what a page before said
   */
  public MachinePage list(MachineQuery query, Sight sight) {
    var found = new ArrayList<MachineView>();
    Position position = position(query.after());
    while (true) {
      Position from = position;
      int rows = query.presence() == MachineQuery.Presence.ANY && sight.whole() ? query.limit() + 1 : SCAN;
      List<Machine> page = store
          .read(sql -> new MachineTable(sql).page(query.names(), states(query.presence()), from, rows));
      for (Machine machine : page) {
        if (found.size() == query.limit()) {
          return new MachinePage(found, text(position));
        }
        if (isThere(query.presence(), machine.id()) && sight.sees(machine.id())) {
          found.add(view(machine));
        }
        position = new Position(Machine.key(machine.name()), machine.id());
      }
      if (page.size() < rows) {
        return new MachinePage(found, null);
      }
    }
  }

  /** One machine, if there is one of this id; what is no id at all names none. */
  public Optional<Machine> find(String id) {
    return !isId(id) ? Optional.empty() : store.read(sql -> new MachineTable(sql).find(id));
  }

  /** Machines as the API shows them; ids of no machine are left out. */
  public List<MachineView> views(Collection<String> ids) {
    return store.read(sql -> new MachineTable(sql).findAll(ids)).stream().map(this::view).toList();
  }

  /** Those of these machines that may be given directives. */
  public List<Target> targets(Collection<String> ids) {
    return store.read(sql -> new MachineTable(sql).findAll(ids)).stream()
        .filter(machine -> machine.state() == MachineState.ACTIVE)
        .map(Machines::target).toList();
  }

  /**
   * Machines of such names that may be given directives, by name.
   *
   * @param chosen only those whose id this takes
   */
  public List<Target> targets(NameGlob names, Predicate<String> chosen, int limit) {
    var found = new ArrayList<Target>();
    List<Machine> page;
    Position position = Position.START;
    do {
      Position from = position;
      page = store.read(sql -> new MachineTable(sql).page(names, Set.of(MachineState.ACTIVE), from, limit));
      for (Machine machine : page) {
        if (found.size() < limit && chosen.test(machine.id())) {
          found.add(target(machine));
        }
        position = new Position(Machine.key(machine.name()), machine.id());
      }
    } while (page.size() == limit && found.size() < limit);
    return found;
  }

  /** Gives a machine these tags in place of those it had. */
  void tag(String id, Set<String> words) {
    tags.set(id, words);
    feed.machine(id);
  }

  /**
   * Lets a machine take directives, one that waits for approval or is quarantined. It learns of it with its next session, which begins at
   * once.
   *
   * @return false if it was in neither state
   */
  public boolean approve(String id) {
    boolean approved = store.write(sql -> {
      var table = new MachineTable(sql);
      return table.change(id, MachineState.PENDING, MachineState.ACTIVE)
          || table.change(id, MachineState.QUARANTINED, MachineState.ACTIVE);
    });
    if (approved) {
      switchboard.close(id, GoAwayCode.POLICY);
      feed.machine(id);
    }
    return approved;
  }

  /** Dismisses a machine for good and ends its link. */
  public void revoke(String id) {
    store.write(sql -> {
      var table = new MachineTable(sql);
      return EnumSet.of(MachineState.PENDING, MachineState.ACTIVE, MachineState.QUARANTINED).stream()
          .anyMatch(state -> table.change(id, state, MachineState.REVOKED));
    });
    switchboard.close(id, GoAwayCode.POLICY);
    feed.machine(id);
  }

  /** The machine as the API shows it. */
  public MachineView view(Machine machine) {
    LinkFacts link = switchboard.facts(machine.id()).orElse(null);
    String site = machine.site().equals(sites.first().id()) ? sites.first().name() : machine.site();
    String state = switch (machine.state()) {
      case ACTIVE -> link == null ? "offline" : "online";
      case PENDING, QUARANTINED, REVOKED -> machine.state().word();
    };
    Instant lastSeen = link == null ? machine.lastSeen().orElse(null) : clock.instant();
    Instant since = link == null ? lastSeen : link.since();
    return new MachineView(machine.id(), machine.name(), site, state, machine.os(), machine.kernel(), machine.arch(),
        machine.agentVersion(), link == null ? machine.address() : MachineText.address(link.remote()),
        link == null ? machine.transport() : link.transport(),
        link == null ? machine.inspectedBy() : MachineText.line(link.inspectedBy()), since, lastSeen,
        machine.enrolled(), tags.of(machine));
  }

  /** How this machine comes here, and what it tried for that. */
  ConnectionView connection(Machine machine) {
    MachineView view = view(machine);
    FoundWay way = store.read(sql -> new MachineTable(sql).wayOf(machine.id()));
    return new ConnectionView(view.state(), view.transport(), view.address(), view.inspectedBy(), view.since(),
        way.tried().isEmpty() ? null : way.at(), way.tried().stream().map(ConnectionView.Attempt::of).toList());
  }

  private static boolean isId(String text) {
    return text.length() == Uuids.LENGTH && Uuids.startsWithUuid(text);
  }

  private boolean isThere(MachineQuery.Presence presence, String machine) {
    return switch (presence) {
      case ANY, PENDING -> true;
      case ONLINE -> switchboard.connected(machine);
      case OFFLINE -> !switchboard.connected(machine);
    };
  }

  private static Set<MachineState> states(MachineQuery.Presence presence) {
    return switch (presence) {
      case ANY -> EnumSet.of(MachineState.PENDING, MachineState.ACTIVE, MachineState.QUARANTINED);
      case ONLINE, OFFLINE -> EnumSet.of(MachineState.ACTIVE);
      case PENDING -> EnumSet.of(MachineState.PENDING);
    };
  }

  private static Target target(Machine machine) {
    return new Target(machine.id(), machine.name());
  }

  private static String text(Position position) {
    return Base64Url.encode((position.id() + position.nameKey()).getBytes(StandardCharsets.UTF_8));
  }

  private static Position position(String text) {
    if (text.isEmpty()) {
      return Position.START;
    }
    String decoded = new String(Base64Url.decode(text), StandardCharsets.UTF_8);
    if (!Uuids.startsWithUuid(decoded)) {
      throw new ProtocolException("expected the value of \"next\" from the page before");
    }
    String nameKey = PlainText.require("next", decoded.substring(Uuids.LENGTH), MAX_KEY_LENGTH);
    return new Position(nameKey, decoded.substring(0, Uuids.LENGTH));
  }
}
