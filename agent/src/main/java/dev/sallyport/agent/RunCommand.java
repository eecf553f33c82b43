package dev.sallyport.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

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
import dev.sallyport.agent.library.Libraries;
import dev.sallyport.agent.link.Advice;
import dev.sallyport.agent.link.ContactNote;
import dev.sallyport.agent.link.Greeter;
import dev.sallyport.agent.link.LinkKeeper;
import dev.sallyport.agent.link.PolicyFile;
import dev.sallyport.agent.link.ServerAddresses;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.network.NetworkWatch;
import dev.sallyport.agent.state.StateDirectory;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.agent.time.ServerClock;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;

/** {@code run}: the daemon. The main thread dials and reads; it ends with the process. */
final class RunCommand {
  /** How long operations may take to end when the agent stops: their processes get 5 s between TERM and KILL. */
  private static final Duration LAST_OPERATIONS = Duration.ofSeconds(8);

  /** How long the last results may take to reach the server; what does not arrive is told on the next contact. */
  private static final Duration GOOD_BYE = Duration.ofSeconds(1);
  private static final Duration GOOD_BYE_STEP = Duration.ofMillis(20);

  private final Options options;
  private final AgentClock clock = AgentClock.system();
  private final Log log;
  private final CountDownLatch stopped = new CountDownLatch(1);

  RunCommand(Options options, PrintStream err) {
    this.options = options;
    this.log = new Log(err, clock);
  }

  static AgentFailure taken(Path state) {
    return new AgentFailure(ExitCode.ALREADY_RUNNING,
        "another agent uses the state directory " + state + "; stop it first, or name another with --state");
  }

  static AgentFailure notEnrolled() {
    return new AgentFailure(ExitCode.STATE,
        "this machine is not enrolled; paste the line from the console (sallyport-agent enrol ...) first");
  }

  void run() throws AgentFailure, IOException {
    options.requireNoWords();
    StateDirectory directory = StateDirectory.open(options.state());
    FileLock lock = directory.lock().orElseThrow(() -> taken(directory.path()));
    try {
      StateFiles files = directory.files();
      if (!Membership.exists(files)) {
        throw notEnrolled();
      }
      warnOfCharset();
      keep(files, directory);
    } finally {
      lock.channel().close();
    }
  }

  private void keep(StateFiles files, StateDirectory directory) throws IOException {
    StateFiles journalFiles = directory.journalFiles();
    Membership membership = Membership.load(files);
    ProxyCommand.keepLogin(options, files);
    StaticKeyPair identity = AgentKeys.loadIdentity(files);
    RollingSecrets secrets = RollingSecrets.load(files, event -> log.trouble("secret", Advice.of(event)));
    var serverClock = new ServerClock(clock);
    Journal journal = Journal.open(journalFiles, serverClock);
    if (!journal.trouble().isEmpty()) {
      log.event(journal.trouble());
    }
    PrimitiveOperations primitives = PrimitiveOperations.ofThisMachine(directory.notes(),
        Libraries.of(directory, membership.installerKey(), log));
    Thread.ofVirtual().start(() -> primitives.start().forEach(log::event));
    var outputs = new OutputFiles(journalFiles, journal.files(), OutputFiles.MAX_BYTES);
    var executor = new OperationExecutor(Performer.of(primitives), journal, outputs, serverClock, clock,
        ExecutorLimits.DEFAULT.withChanging(options.atOnce()), log);
    var keeper = new LinkKeeper(
        new LinkKeeper.Parts(membership, new Greeter(identity, clock, RandomSource.secure()), secrets,
            Dialers.ladder(membership.tlsPins(), ProxyCommand.routes(options, files)), RememberedWays.load(files, log),
            Doors.load(files, ServerAddresses.usable(membership.servers()), log),
            new Intervals(clock::nanoTime), NetworkWatch.ofThisMachine(clock), journal, executor, primitives,
            PolicyFile.load(files, log),
            new ContactNote(files, clock, log), files, serverClock, clock, ThreadLocalRandom.current(), log));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(keeper, executor, journal), "stop"));
    try {
      keeper.keep();
      stopped.await();
    } catch (InterruptedException e) {
      // Nobody interrupts the main thread but whoever embeds this agent, to stop it.
      stop(keeper, executor, journal);
    }
  }

  /** The server hears that this agent stops; what runs is ended, its end is noted and, if there is time, told. */
  private void stop(LinkKeeper keeper, OperationExecutor executor, Journal journal) {
    int underWay = executor.underWay();
    log.event(underWay == 0 ? "stopping" : "stopping; operations under way are ended: " + underWay);
    keeper.stop();
    try {
      int left = executor.stop(LAST_OPERATIONS);
      if (left > 0) {
        log.event("operations that did not end within " + LAST_OPERATIONS.toSeconds()
            + " s, so that their outcome will be unknown: " + left);
      }
      for (Duration waited = Duration.ZERO; keeper.linked() && waited.compareTo(GOOD_BYE) < 0; waited = waited
          .plus(GOOD_BYE_STEP)) {
        clock.pause(GOOD_BYE_STEP);
      }
      journal.close();
    } catch (IOException e) {
      log.event("the journal could not be closed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  /** File and program names outside ASCII get lost otherwise: the operating system's words come through this character set. */
  private void warnOfCharset() {
    String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (!charset.equalsIgnoreCase("UTF-8")) {
      log.event("the agent runs with character set " + charset
          + ": names outside it cannot be used; set LC_ALL=C.UTF-8 in its service");
    }
  }
}
