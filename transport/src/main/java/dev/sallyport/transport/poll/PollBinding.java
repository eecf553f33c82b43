package dev.sallyport.transport.poll;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.dial.DoorConnection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;
import org.jspecify.annotations.Nullable;

/** Opens links that are made of HTTP requests, for places that let nothing else pass: with TLS, or without on a port of its own. */
public final class PollBinding implements Binding {
  private static final int LINK_BYTES = 16;

  private final String transport;
  private final Set<Scheme> schemes;
  private final @Nullable TlsLayer tls;
  private final SecureRandom random = new SecureRandom();

  private PollBinding(String transport, Set<Scheme> schemes, @Nullable TlsLayer tls) {
    this.transport = transport;
    this.schemes = schemes;
    this.tls = tls;
  }

  /** Inside TLS. */
  public static PollBinding secured(TlsTrust trust) {
    return new PollBinding("https-poll", EnumSet.of(Scheme.WSS, Scheme.HTTPS), new TlsLayer(trust));
  }

  /** Without TLS: the session inside needs none (K4). */
  public static PollBinding plain() {
    return new PollBinding("http-poll", EnumSet.of(Scheme.HTTP), null);
  }

  @Override
  public String transport() {
    return transport;
  }

  @Override
  public Set<Scheme> schemes() {
    return EnumSet.copyOf(schemes);
  }

  @Override
  public Wire dial(ServerAddress address, Route route, Duration timeout) throws IOException {
    byte[] link = new byte[LINK_BYTES];
    random.nextBytes(link);
    PollCaller up = caller(address, route);
    WireFacts facts = up.open(Deadline.in(timeout)); // shows whether anybody is there, and serves the first request
    return new PollWire(HexFormat.of().formatHex(link), facts, up, caller(address, route));
  }

  private PollCaller caller(ServerAddress address, Route route) {
    if (tls != null) {
      return new PollCaller(address, PlainHttp.asToTheServer(route, address.host(), address.port()),
          deadline -> DoorConnection.open(transport, address, route, tls, deadline));
    }
    PlainHttp http = route.plainHttp(address.host(), address.port());
    return new PollCaller(address, http,
        deadline -> DoorConnection.plainHttp(transport, address, route, http, deadline));
  }
}
