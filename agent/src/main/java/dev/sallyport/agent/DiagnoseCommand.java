package dev.sallyport.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.ladder.ClimbReport;
import dev.sallyport.agent.ladder.Doors;
import dev.sallyport.agent.link.PolicyFile;
import dev.sallyport.agent.link.ServerAddresses;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.network.NetworkState;
import dev.sallyport.agent.network.NetworkWatch;
import dev.sallyport.agent.state.StateDirectory;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ladder.Rung;

/**
 * {@code diagnose}: tells whoever stands at the machine which ways to the server there are, what the agent met on each when it last
 * looked, and what each does now. It opens connections and greets nobody on them, so it disturbs no agent that runs.
 */
final class DiagnoseCommand {
  private final Options options;
  private final PrintStream out;
  private final PrintStream err;
  private final AgentClock clock = AgentClock.system();

  DiagnoseCommand(Options options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** @return {@link ExitCode#UNAVAILABLE} if no way leads to the server now */
  ExitCode run() throws AgentFailure, IOException {
    options.requireNoWords();
    StateFiles files = StateDirectory.open(options.state()).files();
    if (!Membership.exists(files)) {
      throw RunCommand.notEnrolled();
    }
    Membership membership = Membership.load(files);
    network();
    before(ClimbReport.read(files));
    var log = new Log(err, clock);
    PolicyFile policy = PolicyFile.load(files, log);
    return now(Dialers.ladder(membership.tlsPins(), ProxyCommand.routes(options, files)).to(
        Doors.load(files, ServerAddresses.usable(membership.servers()), log).all(),
        policy.current().transports()));
  }

  private void network() {
    NetworkState state = NetworkWatch.ofThisMachine(clock).current();
    out.println(
        "network: " + (state.usable() ? String.join(", ", state.ways()) : "none that leads out of this machine"));
  }

  private void before(ClimbReport report) {
    if (report.tried().isEmpty()) {
      out.println("before: the agent has not looked for its server yet");
      return;
    }
    out.println("before, at " + report.at() + ":");
    for (Tried tried : report.tried()) {
      line(tried.transport(), tried.address(),
          tried.worked() ? "worked, " + tried.route() : tried.failure(), tried.took());
    }
  }

  private ExitCode now(List<Rung> rungs) {
    out.println("now:");
    boolean any = false;
    for (Rung rung : rungs) {
      long begun = clock.nanoTime();
      String what;
      try (Wire wire = rung.dial()) {
        what = "can be reached, " + wire.facts().route();
        any = true;
      } catch (IOException | ProtocolException e) {
        what = String.valueOf(e.getMessage());
      }
      line(rung.transport(), rung.address().toString(), what, Duration.ofNanos(clock.nanoTime() - begun));
    }
    out.flush();
    return any ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private void line(String transport, String address, String what, Duration took) {
    out.printf(Locale.ROOT, "  %-10s  %s  %s (%.1f s)%n", transport, address, what, took.toMillis() / 1000.0);
    out.flush();
  }
}
