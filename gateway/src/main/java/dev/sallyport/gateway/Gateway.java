package dev.sallyport.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import dev.sallyport.gateway.arrival.Arrivals;
import dev.sallyport.gateway.certificate.ServerCertificate;
import dev.sallyport.gateway.link.LinkServices;
import dev.sallyport.session.handshake.ServerKeys;
import org.jspecify.annotations.Nullable;

/**
 * The server's public port. Agents stay here, everybody else is relayed to the web part.
 *
 * <p>Stopping has two steps, so that browsers see the web part's own end: {@link #drain} sends agents away and accepts nothing
 * new; then the web part stops; then {@link #close} ends what is left.
 */
public final class Gateway implements AutoCloseable {
  private final GatewayConfig config;
  private final ServerKeys keys;
  private final AgentDirectory directory;
  private final LinkListener listener;
  private final TimeSource time;
  private @Nullable OpenGateway open;

  /**
   * A gateway by the machine's clocks; it does nothing before {@link #open}.
   *
   * @param keys the server's static keys, which stay the caller's
   */
  public Gateway(GatewayConfig config, ServerKeys keys, AgentDirectory directory, LinkListener listener) {
    this(config, keys, directory, listener, TimeSource.system());
  }

  /** A gateway by the clocks given. */
  public Gateway(GatewayConfig config, ServerKeys keys, AgentDirectory directory, LinkListener listener,
      TimeSource time) {
    this.config = config;
    this.keys = keys;
    this.directory = directory;
    this.listener = listener;
    this.time = time;
  }

  /**
   * Opens the port; from now on agents and browsers are served.
   *
   * @throws IOException if the certificate, the web part's directory or the port is not as it must be; the message says what
   *         is wrong and what to do
   */
  public synchronized void open() throws IOException {
    if (open != null) {
      throw new IllegalStateException("the gateway is open already");
    }
    open = new OpenGateway(config, keys, directory, listener, time);
  }

  /** The port that is open. */
  public int port() {
    return opened().port();
  }

  /** The ports without TLS that are open, as they were configured. */
  public List<Integer> plainPorts() {
    return opened().plainPorts();
  }

  /** The ports of built-in FTP servers, in the order they were configured. */
  public List<Integer> ftpPorts() {
    return opened().ftpPorts();
  }

  /** The certificate that is shown: its dates, its fingerprint, and the pin for bundles if it is self-made. */
  public ServerCertificate certificate() {
    return opened().certificate();
  }

  /** The links there are now, a view that changes with them. */
  public Collection<? extends AgentLink> links() {
    return opened().links();
  }

  /** Connections now: links, and browsers and strangers besides. */
  public int connections() {
    return opened().connections();
  }

  /**
   * First half of stopping: accepts nothing new, asks every agent to go and come back later, waits until what is under way on
   * their links has come to its end, and closes the links that are left when the time is over. Browsers stay connected.
   */
  public void drain(Duration limit) throws InterruptedException {
    opened().drain(limit);
  }

  /** Second half: closes everything at once. Closing again does nothing. */
  @Override
  public synchronized void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  /** What agents need who come by no port. */
  Inside inside() {
    return opened().inside();
  }

  /**
   * The parts that a {@link dev.sallyport.gateway.link.Carrier} needs.
   *
   * @param arrivals let it in
   * @param services of its conversation
   */
  record Inside(Arrivals arrivals, LinkServices services) {}

  private synchronized OpenGateway opened() {
    OpenGateway running = open;
    if (running == null) {
      throw new IllegalStateException("the gateway is not open");
    }
    return running;
  }
}
