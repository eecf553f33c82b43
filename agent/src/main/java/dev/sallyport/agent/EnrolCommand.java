package dev.sallyport.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.sallyport.agent.enrol.Enrolment;
import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.ladder.RememberedWays;
import dev.sallyport.agent.link.ServerAddresses;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.network.NetworkWatch;
import dev.sallyport.agent.state.StateDirectory;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.session.noise.RandomSource;

/** {@code enrol}: makes this machine a member of the site whose bundle was given. May be repeated. */
final class EnrolCommand {
  private final Options options;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  EnrolCommand(Options options, InputStream in, PrintStream out, PrintStream err) {
    this.options = options;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  void run() throws AgentFailure, IOException {
    SignedBundle signed = bundle();
    AgentClock clock = AgentClock.system();
    StateDirectory directory = StateDirectory.openOrCreate(options.state());
    if (!enrolledAlready(signed, directory)) {
      enrol(signed, clock, directory);
    }
    wipeFile();
  }

  private void enrol(SignedBundle signed, AgentClock clock, StateDirectory directory)
      throws AgentFailure, IOException {
    FileLock lock = directory.lock().orElseThrow(() -> RunCommand.taken(directory.path()));
    try {
      if (enrolledAlready(signed, directory)) {
        return; // by somebody who was faster
      }
      StateFiles files = directory.files();
      var log = new Log(err, clock);
      var enrolment = new Enrolment(files, directory.journalFiles(),
          Dialers.ladder(signed.delivered().tlsPins(), ProxyCommand.routes(options, files)),
          PrimitiveOperations.hostFacts(), clock, RandomSource.secure(), log);
      Enrolment.Enrolled enrolled = enrolment.enrol(signed);
      RememberedWays.load(files, log).works(enrolled.way(), NetworkWatch.ofThisMachine(clock).current().id().names());
      tell(enrolled, directory.path());
      ProxyCommand.keep(options, files);
    } finally {
      lock.channel().close();
    }
  }

  /** A line pasted a second time does no harm, also while the agent runs; a machine changes its owner only by its administrator's hand. */
  private boolean enrolledAlready(SignedBundle signed, StateDirectory directory) throws AgentFailure, IOException {
    StateFiles files = directory.files();
    if (!Membership.exists(files)) {
      return false;
    }
    Membership membership = Membership.load(files);
    EnrolBundle bundle = signed.delivered();
    boolean same = membership.site().equals(bundle.site())
        && membership.serverKeys().stream().anyMatch(key -> bundle.serverKeys().contains(key));
    if (!same) {
      throw new AgentFailure(ExitCode.STATE,
          "this machine already belongs to " + String.join(", ", ServerAddresses.shown(membership.servers()))
              + "; to give it to another owner, stop the agent, remove " + directory.path() + " and enrol again");
    }
    out.println("this machine is enrolled already as " + name(membership) + "; nothing was changed");
    return true;
  }

  private SignedBundle bundle() throws AgentFailure, IOException {
    if (!options.bundle().isEmpty()) {
      return parse(fileText());
    }
    if (options.words().size() != 1) {
      throw Options
          .wrong("enrol takes one bundle: the text pasted from the console, --bundle FILE, or - for standard input");
    }
    String word = options.words().getFirst();
    return parse(
        word.equals("-") ? new String(in.readNBytes(SignedBundle.MAX_TEXT_LENGTH + 1), StandardCharsets.UTF_8) : word);
  }

  private String fileText() throws AgentFailure, IOException {
    try (InputStream file = Files.newInputStream(Path.of(options.bundle()))) {
      return new String(file.readNBytes(SignedBundle.MAX_TEXT_LENGTH + 1), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new AgentFailure(ExitCode.DATA,
          "there is no file " + options.bundle() + "; download the bundle from the console again", e);
    } catch (IOException | InvalidPathException e) {
      throw new AgentFailure(ExitCode.DATA,
          "the bundle " + options.bundle() + " cannot be read (" + e.getMessage()
              + "): name the file that was downloaded",
          e);
    }
  }

  private static SignedBundle parse(String text) throws AgentFailure {
    String word = text.strip();
    if (word.isEmpty()) {
      throw new AgentFailure(ExitCode.DATA, "the bundle is empty: copy the whole line from the console");
    }
    try {
      SignedBundle signed = word.startsWith("{")
          ? SignedBundle.decode(word.getBytes(StandardCharsets.UTF_8))
          : SignedBundle.ofText(word);
      signed.delivered();
      return signed;
    } catch (ProtocolException e) {
      throw new AgentFailure(ExitCode.DATA,
          "the bundle is damaged (" + e.getMessage() + "): copy the whole line from the console again", e);
    }
  }

  private void tell(Enrolment.Enrolled enrolled, Path state) {
    Membership membership = enrolled.membership();
    out.println(
        "enrolled as " + name(membership) + " with " + String.join(", ", ServerAddresses.shown(membership.servers())));
    for (ServerKey key : membership.serverKeys()) {
      out.println("  server key     " + fingerprint(key.x25519()));
    }
    out.println(
        "  installer key  " + fingerprint(membership.installerKey()) + "  (trusted because you gave its bundle)");
    if (!enrolled.approved()) {
      out.println("an operator must approve this machine in the console before it takes orders");
    }
    out.println("start the agent with: sallyport-agent run --state " + state);
    out.flush();
  }

  static String name(Membership membership) {
    return membership.agentId().isEmpty() ? "a machine whose id only the server knows" : membership.agentId();
  }

  /** As the console shows it: groups of four hexadecimal digits. */
  static String fingerprint(Bytes key) {
    return key.hex().replaceAll("(.{4})(?!$)", "$1 ");
  }

  /** The token in the file is of no use any more, but it was a secret. */
  private void wipeFile() {
    if (options.bundle().isEmpty()) {
      return;
    }
    Path path = Path.of(options.bundle());
    try {
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        file.write(new byte[(int) Math.min(file.length(), SignedBundle.MAX_TEXT_LENGTH)]);
        file.getFD().sync();
      }
      Files.delete(path);
    } catch (IOException e) {
      err.println("sallyport-agent: the bundle " + path + " could not be removed (" + e.getMessage()
          + "): delete it, it holds a token");
    }
  }
}
