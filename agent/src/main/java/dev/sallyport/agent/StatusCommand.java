package dev.sallyport.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.util.Optional;

import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.link.ContactNote;
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

  void run() throws AgentFailure, IOException {
    StateDirectory directory = StateDirectory.open(options.state());
    StateFiles files = directory.files();
    if (!Membership.exists(files)) {
      throw new AgentFailure(ExitCode.STATE, "this machine is not enrolled");
    }
    Membership membership = Membership.load(files);
    line("machine", EnrolCommand.name(membership));
    line("site", membership.site());
    for (String server : membership.servers()) {
      line("server", server);
    }
    for (ServerKey key : membership.serverKeys()) {
      line("server key", EnrolCommand.fingerprint(key.x25519()));
    }
    line("installer key", EnrolCommand.fingerprint(membership.installerKey()));
    line("enrolled", membership.enrolled().toString());
    line("agent", agent(directory, files));
    line("to remove", "stop the agent and delete " + directory.path());
    out.flush();
  }

  private static String agent(StateDirectory directory, StateFiles files) throws IOException {
    Optional<FileLock> free = directory.lock();
    if (free.isPresent()) {
      free.get().channel().close();
      return "not running";
    }
    ContactNote.Contact contact = ContactNote.read(files);
    return contact.connected()
        ? "connected to " + contact.about() + " since " + contact.since()
        : "running, not connected: " + contact.about();
  }

  private void line(String what, String value) {
    out.println((what + ":" + " ".repeat(16)).substring(0, 16) + value);
  }
}
