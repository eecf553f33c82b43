package dev.sallyport.server.fake;

import java.net.InetAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import dev.sallyport.gateway.EnrolAnswer;
import dev.sallyport.gateway.EnrolCommand;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolRequest;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.access.grant.StandingWarrants;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.directive.DirectiveQueries;
import dev.sallyport.server.directive.DirectiveView;
import dev.sallyport.server.directive.Directives;
import dev.sallyport.server.directive.Housekeeping;
import dev.sallyport.server.directive.UuidV7;
import dev.sallyport.server.directive.dispatch.BatchKeeper;
import dev.sallyport.server.directive.dispatch.DispatchLimits;
import dev.sallyport.server.directive.dispatch.Dispatcher;
import dev.sallyport.server.directive.dispatch.Pulse;
import dev.sallyport.server.directive.dispatch.Workshop;
import dev.sallyport.server.directive.queue.Cancels;
import dev.sallyport.server.directive.queue.Queue;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.machine.ConnectionAdviser;
import dev.sallyport.server.machine.LinkIncidents;
import dev.sallyport.server.machine.LinkRecorder;
import dev.sallyport.server.machine.MachineDirectory;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.machine.Tags;
import dev.sallyport.server.schedule.Scheduler;
import dev.sallyport.server.schedule.Schedules;
import dev.sallyport.server.site.Approval;
import dev.sallyport.server.site.BundleSource;
import dev.sallyport.server.site.EnrolmentTokens;
import dev.sallyport.server.site.SiteConnections;
import dev.sallyport.server.site.Sites;
import dev.sallyport.server.site.TokenTerms;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.switchboard.LocalSwitchboard;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.rolling.ServerSecrets;

/** One life of a server, without its web part and its gateway: real features on a real database, fake links. */
public final class TestServer implements AutoCloseable {
  /** Somebody who may do everything. */
  public static final Operator OWNER = new Operator("account-1", "olivia", Role.OWNER, "session-1");

  public final RecordedAudit audit = new RecordedAudit();
  public final DatabaseStore database;
  public final FaultyStore store;
  public final LocalSwitchboard switchboard = new LocalSwitchboard();
  public final ChangeFeed feed = new ChangeFeed();
  public final Sites sites;
  public final SiteConnections connections;
  public final EnrolmentTokens tokens;
  public final LinkIncidents incidents;
  public final MachineDirectory directory;
  public final Machines machines;
  public final Dispatcher dispatcher;
  public final Pulse pulse;
  public final BatchKeeper keeper;
  public final Directives directives;
  public final Cancels cancels;
  public final Queue queue;
  public final DirectiveQueries queries;
  public final Housekeeping housekeeping;
  public final Schedules schedules;
  public final Scheduler scheduler;

  private final Gate gate;
  private final Grants grants;
  private final TestClock clock;
  private final List<FakeLink> links = new CopyOnWriteArrayList<>();
  private final Map<String, String> names = new ConcurrentHashMap<>();

  /** A life on a database that outlives it. */
  public TestServer(DatabaseStore database, TestClock clock, List<Action> actions) {
    this(database, clock, actions, DispatchLimits.DEFAULT);
  }

  /** A life on a database that outlives it, within these limits. */
  public TestServer(DatabaseStore database, TestClock clock, List<Action> actions, DispatchLimits limits) {
    this.clock = clock;
    this.database = database;
    store = new FaultyStore(database);
    var vault = new PlaceVault();
    sites = new Sites(database, clock);
    tokens = new EnrolmentTokens(database, vault, sites, new FixedBundle(), clock, new SecureRandom());
    connections = new SiteConnections(database);
    incidents = new LinkIncidents(store, switchboard, feed, clock, audit);
    directory = new MachineDirectory(store, vault, tokens, connections, incidents, clock, audit);
    var tags = new Tags(database);
    machines = new Machines(store, switchboard, sites, tags, feed, clock);
    var registry = new Actions(actions);
    var workshop = new Workshop(store, vault, switchboard, registry, feed::directive,
        this::permits, clock, System::nanoTime);
    dispatcher = new Dispatcher(workshop, limits);
    pulse = new Pulse(workshop, dispatcher);
    gate = new Gate(tags, clock);
    grants = new Grants(database);
    keeper = new BatchKeeper(workshop, dispatcher, feed);
    directives = new Directives(workshop, machines, dispatcher, keeper, gate, new UuidV7(clock, new SecureRandom()),
        audit);
    cancels = new Cancels(workshop, dispatcher, gate);
    queue = new Queue(store, switchboard, clock);
    queries = new DirectiveQueries(store);
    schedules = new Schedules(store, directives, registry, gate, clock);
    scheduler = new Scheduler(store, directives, grants, clock);
    housekeeping = new Housekeeping(store, feed::directive, clock);
    switchboard.listen(dispatcher);
    switchboard.listen(new LinkRecorder(database, feed, clock));
    var adviser = new ConnectionAdviser(database, connections, switchboard);
    switchboard.listen(adviser);
    connections.listen(adviser);
  }

  /** Operators of tests need no account; those that have one may what it may. */
  private boolean permits(String account, ActionClass actionClass, String machine) {
    var accounts = new Accounts(database);
    return accounts.find(account).isEmpty()
        || new StandingWarrants(accounts, grants, gate).permits(account, actionClass, machine);
  }

  /** Enrols a machine that may take directives. */
  public FakeMachine enrol(String name) {
    return new FakeMachine(enrol(name, Approval.AUTO), clock);
  }

  /** Enrols a machine; answers its id. */
  public String enrol(String name, Approval approval) {
    var issued = tokens.issue(new TokenTerms(Duration.ofHours(1), 1, approval, List.of(), List.of()), "olivia");
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    var answer = directory.enrol(new EnrolCommand(Bytes.of(key), Bytes.ofHex(issued.id()),
        ServerSecrets.enrolled(clock.millis(), secret(1)), request(name), InetAddress.getLoopbackAddress()));
    return ((EnrolAnswer.Granted) answer).grant().agentId();
  }

  /** Connects a machine; the caller decides when it tells what it holds. */
  public FakeLink connect(FakeMachine machine) {
    var link = prepare(machine);
    switchboard.up(link);
    return link;
  }

  /** A link that is not up yet. */
  public FakeLink prepare(FakeMachine machine) {
    String name = names.computeIfAbsent(machine.id(), id -> machines.find(id).orElseThrow().name());
    var link = new FakeLink(machine, name, switchboard);
    links.add(link);
    return link;
  }

  /** The power fails: links are gone and nothing this life still tries has any effect. */
  public void crash() {
    store.die();
    links.forEach(FakeLink::sever);
  }

  /** The power fails at this write. */
  public void crashAt(int write, FaultyStore.Side side) {
    store.failAt(write, side, () -> links.forEach(FakeLink::sever));
  }

  /** Lets the dispatcher's clock tick until something is so; fails after a while. */
  public void await(String what, BooleanSupplier condition) {
    await(what, condition, this::tick);
  }

  /** The directives there are, newest first, a thousand at most. */
  public List<DirectiveView> directivesGiven() {
    return queries.newest("", "", 1_000, Sight.WHOLE);
  }

  /** Lets everything happen that time brings about. */
  public void tick() {
    pulse.tick();
    try {
      keeper.tick();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits until something is so, doing something meanwhile. */
  public static void await(String what, BooleanSupplier condition, Runnable meanwhile) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain: " + what);
      }
      meanwhile.run();
      Thread.onSpinWait();
    }
  }

  /** Ends this life in order, or clears away what a crash has left. */
  @Override
  public void close() {
    links.forEach(FakeLink::sever);
    keeper.close();
    dispatcher.close();
    pulse.close();
  }

  public static Secret secret(int seed) {
    byte[] bytes = new byte[Secret.BYTES];
    Arrays.fill(bytes, (byte) seed);
    return Secret.of(bytes);
  }

  public static EnrolRequest request(String name) {
    return new EnrolRequest(name, "Debian 12", "serial 4711", Bytes.of(new byte[32]), Bytes.of(new byte[32]),
        Bytes.of(new byte[EnrolRequest.ML_KEM_KEY_BYTES]), Bytes.of(new byte[64]));
  }

  private static final class FixedBundle implements BundleSource {
    private final KeyPair installer;

    FixedBundle() {
      try {
        installer = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public List<URI> servers() {
      return List.of(URI.create("wss://sallyport.example:8443/agent"));
    }

    @Override
    public List<ServerKey> serverKeys() {
      return List.of(new ServerKey(0, Bytes.of(new byte[32])));
    }

    @Override
    public List<Bytes> tlsPins() {
      return new ArrayList<>();
    }

    @Override
    public KeyPair installerKey() {
      return installer;
    }
  }
}
