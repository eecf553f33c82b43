package dev.sallyport.transport.ftp;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.UnopenedException;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ftp.client.FtpClient;
import dev.sallyport.transport.ftp.client.FtpSite;
import dev.sallyport.transport.ftp.exchange.LinkPlace;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;

/**
 * Carries messages in files on an FTP server: the one that a Sallyport server has built in, or any other that it polls too. Dialling logs in
 * and makes the link's directories; whether a server will ever look there shows only when it answers.
 */
public final class FtpBinding implements Binding {
  /** The binding's word. */
  public static final String TRANSPORT = "ftp";
  /** Longest wait between two looks of an agent whose link is idle; see {@link dev.sallyport.transport.ftp.exchange.Pace}. */
  public static final Duration IDLE_LOOK = Duration.ofSeconds(10);

  private final TlsLayer tls;
  private final Duration idleLook;
  private final SecureRandom random = new SecureRandom();

  /** @param trust which certificates are believed where the address says {@code ftps:} */
  public FtpBinding(TlsTrust trust) {
    this(trust, IDLE_LOOK);
  }

  /** With another longest wait. */
  FtpBinding(TlsTrust trust, Duration idleLook) {
    this.tls = TlsLayer.resuming(trust);
    this.idleLook = idleLook;
  }

  @Override
  public String transport() {
    return TRANSPORT;
  }

  @Override
  public Set<Scheme> schemes() {
    return EnumSet.of(Scheme.FTPS, Scheme.FTP);
  }

  @Override
  public Wire dial(ServerAddress address, Route route, Duration timeout) throws IOException {
    Deadline deadline = Deadline.in(timeout);
    var site = new FtpSite(address, route, tls);
    try {
      FtpClient client = FtpClient.open(site, deadline);
      try {
        LinkPlace place = LinkPlace.random(random);
        client.makeDirectory(place.link(), deadline);
        client.makeDirectory(place.up(), deadline);
        client.makeDirectory(place.down(), deadline);
        return new FtpWire(new FtpDepot(site, client), place, client.facts(TRANSPORT), idleLook).start();
      } catch (IOException | RuntimeException e) {
        client.close();
        throw e;
      }
    } catch (UnopenedException e) {
      throw new UnopenedException(address + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(address + ": " + e.getMessage(), e);
    }
  }
}
