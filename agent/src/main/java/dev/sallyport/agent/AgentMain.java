package dev.sallyport.agent;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.security.Security;

import dev.sallyport.agent.state.StateException;
import dev.sallyport.protocol.ProtocolException;

/** The program {@code sallyport-agent}. */
public final class AgentMain {
  private static final String HELP = """
      sallyport-agent: looks after this machine on behalf of the server it was enrolled with

        sallyport-agent enrol BUNDLE        enrol with the bundle pasted from the console
        sallyport-agent enrol --bundle FILE ... from a file, which is wiped afterwards
        sallyport-agent enrol -             ... from standard input
        sallyport-agent run                 connect, and stay connected
        sallyport-agent proxy set           keep a proxy, asked for without echo or read from standard input
        sallyport-agent proxy show          ... tell which, without its password
        sallyport-agent proxy clear         ... forget it
        sallyport-agent status              whose machine this is, and whether the agent is connected
        sallyport-agent diagnose            which ways to the server there are, and why each is open or not

        --state DIR    the agent's memory (default /var/lib/sallyport-agent)
        --at-once N    run: operations that change something, carried out at once (1 to 1000, default 64)
        --proxy URL    how to get through a proxy: http://…, socks5://…, a script pac+https://…, "wpad", or "direct" for none; enrol keeps
                       it for run. Everybody on this machine sees the command line: give a proxy that has a password to
                       "proxy set" instead, or in SALLYPORT_PROXY. See docs/proxies.md for where else it is looked for
        --version      tell the version

      Exit codes: 0 done, 3 (of status) the agent does not run, 64 wrong command line, 65 damaged bundle, 69 no server reached,
      74 cannot store, 75 another agent runs, 77 refused by the server, 78 not enrolled or damaged state.
      To remove the agent: stop it and delete the state directory.
      """;

  private static final String OTHERWISE = "; mend that, or name another directory with --state";

  /** How long an address is taken from memory: a server that moves is found at the next attempts, not half a minute later. */
  private static final String NAME_SECONDS = "5";

  private AgentMain() {
  }

  public static void main(String[] args) {
    Security.setProperty("networkaddress.cache.ttl", NAME_SECONDS);
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    System.exit(run(args, System.in, System.out, System.err).number());
  }

  /** Carries out a command; {@code run} does not return. */
  static ExitCode run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (AgentFailure e) {
      return tell(err, e.exitCode(), String.valueOf(e.getMessage()));
    }
    try {
      return carryOut(options, in, out, err);
    } catch (AgentFailure e) {
      return tell(err, e.exitCode(), String.valueOf(e.getMessage()));
    } catch (ProtocolException e) {
      return tell(err, ExitCode.DATA, String.valueOf(e.getMessage()));
    } catch (StateException e) {
      return tell(err, ExitCode.STATE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return tell(err, ExitCode.CANNOT_STORE, inWords(e, options));
    }
  }

  private static ExitCode carryOut(Options options, InputStream in, PrintStream out, PrintStream err)
      throws AgentFailure, IOException {
    switch (options.command()) {
      case "enrol" -> new EnrolCommand(options, in, out, err).run();
      case "run" -> new RunCommand(options, err).run();
      case "proxy" -> new ProxyCommand(options, in, out, err).run();
      case "status" -> {
        return new StatusCommand(options, out).run();
      }
      case "diagnose" -> {
        return new DiagnoseCommand(options, out, err).run();
      }
      case "version" -> out.println("sallyport-agent " + AgentVersion.TEXT);
      case "help" -> out.print(HELP);
      case "" -> throw Options.wrong("no command given");
      default -> throw Options.wrong("unknown command " + options.command());
    }
    return ExitCode.OK;
  }

  /** The operating system says as little as "No space left on device", and Java of a forbidden file no more than its name. */
  private static String inWords(IOException failure, Options options) {
    String what = "cannot use the state directory " + options.state() + ": ";
    return switch (failure) {
      case AccessDeniedException denied -> what + "access to " + denied.getFile() + " is denied to "
          + System.getProperty("user.name") + "; run this as root, or name another directory with --state";
      case FileSystemException system -> what + system.getMessage() + OTHERWISE;
      case FileNotFoundException file -> what + file.getMessage() + OTHERWISE; // or may not be opened
      default -> what + failure.getMessage() + "; free some space or mend the disk, then do this again";
    };
  }

  private static ExitCode tell(PrintStream err, ExitCode code, String message) {
    err.println("sallyport-agent: " + message);
    err.flush();
    return code;
  }
}
