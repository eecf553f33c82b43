package dev.sallyport.transport.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.dial.DoorConnection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;
import org.jspecify.annotations.Nullable;

/** Opens streams of messages: inside TLS on the server's main port, where no HTTP need pass, or on a port without TLS. */
public final class TcpBinding implements Binding {
  private final String transport;
  private final Set<Scheme> schemes;
  private final @Nullable TlsLayer tls;

  private TcpBinding(String transport, Set<Scheme> schemes, @Nullable TlsLayer tls) {
    this.transport = transport;
    this.schemes = schemes;
    this.tls = tls;
  }

  /** Inside TLS. */
  public static TcpBinding secured(TlsTrust trust) {
    return new TcpBinding("tls", EnumSet.of(Scheme.WSS, Scheme.TLS), new TlsLayer(trust));
  }

  /** Without TLS: the session inside needs none (K4). */
  public static TcpBinding plain() {
    return new TcpBinding("tcp", EnumSet.of(Scheme.TCP), null);
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
    DoorConnection door = DoorConnection.open(transport, address, route, tls, Deadline.in(timeout));
    try {
      greet(door);
      door.bottom().dialed();
      return new TcpWire(door);
    } catch (IOException e) {
      door.bottom().close();
      throw new IOException(address + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      door.bottom().close();
      throw e;
    }
  }

  private static void greet(DoorConnection door) throws IOException {
    byte[] said = new byte[TcpFraming.preface().length];
    try {
      door.out().write(TcpFraming.preface());
      door.out().flush();
      door.in().readFully(said, 0, said.length);
    } catch (IOException e) {
      throw new IOException("it did not answer as a Sallyport server does (" + e.getMessage()
          + "); it is none, or something between lets only other protocols pass", e);
    }
    if (!Arrays.equals(said, TcpFraming.preface())) {
      throw new IOException("it answers in another protocol; check host and port");
    }
  }
}
