package dev.sallyport.agent.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import dev.sallyport.agent.AgentFailure;
import dev.sallyport.agent.enrol.Enrolment;
import dev.sallyport.agent.execute.ExecutorLimits;
import dev.sallyport.agent.execute.OperationExecutor;
import dev.sallyport.agent.execute.OutputFiles;
import dev.sallyport.agent.execute.Performer;
import dev.sallyport.agent.identity.AgentKeys;
import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.identity.RollingSecrets;
import dev.sallyport.agent.journal.Journal;
import dev.sallyport.agent.ladder.Doors;
import dev.sallyport.agent.ladder.Intervals;
import dev.sallyport.agent.ladder.RememberedWays;
import dev.sallyport.agent.link.ContactNote;
import dev.sallyport.agent.link.Greeter;
import dev.sallyport.agent.link.LinkKeeper;
import dev.sallyport.agent.link.PolicyFile;
import dev.sallyport.agent.link.ServerAddresses;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.network.Networks;
import dev.sallyport.agent.state.FaultyDisk;
import dev.sallyport.agent.time.ServerClock;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.ladder.Rungs;

/** A whole agent in this process, on a disk and a network of the test's. */
public final class TestAgent {
  static {
    Thread.setDefaultUncaughtExceptionHandler(TestAgent::ended);
  }

  private final FaultyDisk disk;
  private final FaultyDisk journalDisk;
  private final Rungs rungs;
  private final FakeClock clock;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Log log;
  private final Performer performer;
  private Networks networks;
  private Thread thread = new Thread(() -> {
  });
  private LinkKeeper keeper;

  public TestAgent(FaultyDisk disk, FaultyDisk journalDisk, Dialer dialer, FakeClock clock, Performer performer) {
    this(disk, journalDisk, Rungs.by("memory", dialer), clock, performer);
  }

  private TestAgent(FaultyDisk disk, FaultyDisk journalDisk, Rungs rungs, FakeClock clock, Performer performer) {
    this.disk = disk;
    this.journalDisk = journalDisk;
    this.rungs = rungs;
    this.clock = clock;
    this.performer = performer;
    this.networks = Networks.unseen(clock);
    this.log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), clock);
  }

  /** The operations of this machine; their notes lie where the build leaves its things. */
  public static PrimitiveOperations primitives() {
    return PrimitiveOperations.ofThisMachine(Path.of("target", "notes").toAbsolutePath());
  }

  public TestAgent(Dialer dialer) {
    this(new FaultyDisk(), new FaultyDisk(), dialer, new FakeClock(),
        Performer.of(primitives()));
  }

  /** An agent that has several ways to go. */
  public static TestAgent climbing(Rungs rungs) {
    return new TestAgent(new FaultyDisk(), new FaultyDisk(), rungs, new FakeClock(), Performer.of(primitives()));
  }

  /** A thread that met a power failure is as it should be; any other end is told, for it may be why a test fails. */
  private static void ended(Thread thread, Throwable failure) {
    if (!(failure instanceof FaultyDisk.PowerFailure)) {
      System.err.println(thread + " ended by " + failure + " at " + Arrays.toString(failure.getStackTrace()));
    }
  }

  /** From its next start on, the agent is in these. */
  public TestAgent in(Networks others) {
    networks = others;
    return this;
  }

  public FaultyDisk disk() {
    return disk;
  }

  public FaultyDisk journalDisk() {
    return journalDisk;
  }

  public FakeClock clock() {
    return clock;
  }

  public String logged() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  public Enrolment.Enrolled enrol(SignedBundle bundle) throws AgentFailure, IOException {
    return new Enrolment(disk, journalDisk, rungs, new HostFacts("host", "os", "kernel", "arch", "boot"), clock,
        RandomSource.secure(),
        log).enrol(bundle);
  }

  /** Runs until {@link #stop}. */
  public TestAgent start() throws IOException {
    Membership membership = Membership.load(disk);
    RollingSecrets secrets = RollingSecrets.load(disk, event -> log.event("the rolling secret tells: " + event));
    var serverClock = new ServerClock(clock);
    Journal journal = Journal.open(journalDisk, serverClock);
    if (!journal.trouble().isEmpty()) {
      log.event(journal.trouble());
    }
    var executor = new OperationExecutor(performer, journal, new OutputFiles(journalDisk, journal.files(), 1 << 22),
        serverClock, clock,
        ExecutorLimits.DEFAULT, log);
    keeper = new LinkKeeper(
        new LinkKeeper.Parts(membership, new Greeter(AgentKeys.loadIdentity(disk), clock, RandomSource.secure()),
            secrets, rungs, RememberedWays.load(disk, log),
            Doors.load(disk, ServerAddresses.usable(membership.servers()), log),
            new Intervals(clock::nanoTime), networks, journal, executor,
            primitives(), PolicyFile.load(disk, log), new ContactNote(disk, clock, log), disk, serverClock, clock,
            new SplittableRandom(1), log));
    thread = Thread.ofPlatform().daemon().name("test-agent").start(this::keep);
    return this;
  }

  private void keep() {
    try {
      keeper.keep();
    } catch (InterruptedException | FaultyDisk.PowerFailure e) {
      log.event("stopped by " + e);
    }
  }

  public LinkKeeper keeper() {
    return keeper;
  }

  /** Stops without a word, as a killed process does; what it had written is where it was written. */
  public void stop() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The same machine after its agent was killed. */
  public TestAgent afterKill() {
    return new TestAgent(disk.afterKill(), journalDisk.afterKill(), rungs, clock, performer);
  }

  /** The same machine after a power failure. */
  public TestAgent afterPowerFailure(long seed) {
    return new TestAgent(disk.afterPowerFailure(seed), journalDisk.afterPowerFailure(seed), rungs, clock, performer);
  }

  /** Whether everything logged holds none of these. */
  public boolean loggedNoneOf(List<String> words) {
    String text = logged();
    return words.stream().noneMatch(text::contains);
  }
}
