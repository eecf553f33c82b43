package dev.sallyport.transport.proxy.pac;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import dev.sallyport.transport.proxy.discovery.ProxyScripts;
import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Route;

/** Fetches scripts, keeps the last one for a moment, and has it evaluated for every target at every attempt. */
public final class FetchedScripts implements ProxyScripts {
  /** How long a script is not fetched again: a round of attempts asks for several servers in a row. */
  static final Duration KEPT = Duration.ofMinutes(1);

  private static final int PORT_OF_HTTP = 80;
  private static final int PORT_OF_HTTPS = 443;

  private final ScriptRunner runner;
  private final Tickets tickets;
  private final ScriptFetcher fetcher;
  private final LongSupplier nanos;

  /** The last script; location {@code about:blank} for none. */
  private Kept last = new Kept(URI.create("about:blank"), new byte[0], 0);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(URI location, byte[] script, long atNanos) {}

  /** @param tickets for proxies that ask for Kerberos */
  public FetchedScripts(ScriptRunner runner, Tickets tickets) {
    this(runner, tickets, new ScriptFetcher(ScriptFetcher.TIME), System::nanoTime);
  }

  FetchedScripts(ScriptRunner runner, Tickets tickets, ScriptFetcher fetcher, LongSupplier nanos) {
    this.runner = runner;
    this.tickets = tickets;
    this.fetcher = fetcher;
    this.nanos = nanos;
  }

  @Override
  public List<Route> routes(URI location, String host, int port) throws IOException {
    return ScriptAnswer.routes(runner.run(script(location), url(host, port), host), tickets);
  }

  private synchronized byte[] script(URI location) throws IOException {
    long now = nanos.getAsLong();
    if (!last.location().equals(location) || now - last.atNanos() > KEPT.toNanos()) {
      last = new Kept(location, fetcher.fetch(location), now);
    }
    return last.script();
  }

  /** Without a path, which is nothing that a script of strangers needs to know. */
  private static String url(String host, int port) {
    String place = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return switch (port) {
      case PORT_OF_HTTP -> "http://" + place + "/";
      case PORT_OF_HTTPS -> "https://" + place + "/";
      default -> "https://" + place + ":" + port + "/";
    };
  }
}
