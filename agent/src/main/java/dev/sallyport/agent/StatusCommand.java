package dev.sallyport.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.util.Optional;

import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.link.ContactNote;
import dev.sallyport.agent.link.ServerAddresses;
import dev.sallyport.agent.state.StateDirectory;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.protocol.enrol.ServerKey;

/** {@code status}: tells whoever stands at the machine whose it is and what its agent is connected to (incident T24). */
final class StatusCommand {
  private final Options options;
  private final PrintStream out;

  StatusCommand(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** @return whether the agent runs */
  ExitCode run() throws AgentFailure, IOException {
    options.requireNoWords();
    StateDirectory directory = StateDirectory.open(options.state());
    StateFiles files = directory.files();
    if (!Membership.exists(files)) {
      throw RunCommand.notEnrolled();
    }
    Membership membership = Membership.load(files);
    line("machine", EnrolCommand.name(membership));
    line("site", membership.site());
    for (String server : ServerAddresses.shown(membership.servers())) {
      line("server", server);
    }
    for (ServerKey key : membership.serverKeys()) {
      line("server key", EnrolCommand.fingerprint(key.x25519()));
    }
    line("installer key", EnrolCommand.fingerprint(membership.installerKey()));
    line("enrolled", membership.enrolled().toString());
    boolean running = runs(directory);
    line("agent",
        running ? contact(files) : "not running; start it with: sallyport-agent run --state " + directory.path());
    line("to remove", "stop the agent and delete " + directory.path());
    out.flush();
    return running ? ExitCode.OK : ExitCode.NOT_RUNNING;
  }

  private static boolean runs(StateDirectory directory) throws IOException {
    Optional<FileLock> free = directory.lock();
    if (free.isPresent()) {
      free.get().channel().close();
    }
    return free.isEmpty();
  }

  /** The note is a convenience: damaged, it must not keep anybody from hearing whose machine this is. */
  private static String contact(StateFiles files) {
    ContactNote.Contact contact;
    try {
      contact = ContactNote.read(files);
    } catch (IOException e) {
      return "running; its note of the link cannot be read, the agent writes it anew at the next change";
    }
    return contact.connected()
        ? "connected to " + contact.about() + " since " + contact.since()
        : "running, not connected: " + contact.about();
  }

  private void line(String what, String value) {
    out.println((what + ":" + " ".repeat(16)).substring(0, 16) + value);
  }
}
