package dev.sallyport.gateway;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import dev.sallyport.gateway.admission.Admission;
import dev.sallyport.gateway.admission.RefusalLog;
import dev.sallyport.gateway.arrival.Arrivals;
import dev.sallyport.gateway.certificate.ServerCertificate;
import dev.sallyport.gateway.edge.PublicPort;
import dev.sallyport.gateway.handshake.HandshakeServices;
import dev.sallyport.gateway.handshake.Handshakes;
import dev.sallyport.gateway.link.LinkServices;
import dev.sallyport.gateway.link.LinkTable;
import dev.sallyport.gateway.poll.PollLinks;
import dev.sallyport.gateway.relay.WebPart;
import dev.sallyport.gateway.socket.Sockets;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.session.handshake.ServerKeys;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.rolling.Depth;
import dev.sallyport.session.rolling.ServerRoll;
import dev.sallyport.session.stream.Role;
import dev.sallyport.session.stream.SessionLimits;
import io.netty.channel.EventLoopGroup;

/** The parts of a gateway while it is open, and the one timer that serves all of them. */
final class OpenGateway {
  private static final Logger LOG = System.getLogger(OpenGateway.class.getName());
  /** How often deadlines are looked at. */
  private static final Duration PULSE = Duration.ofSeconds(1);
  /** How long event loops may take to end. */
  private static final Duration STOPPING = Duration.ofSeconds(2);

  /** Agents sent away by a stopping server come back after a random time between these, in milliseconds. */
  private static final long RETURN_FIRST_MILLIS = 1_000;
  private static final long RETURN_LAST_MILLIS = 10_000;

  private final ServerCertificate certificate;
  private final TimeSource time;
  private final Admission admission;
  private final RefusalLog refusals;
  private final Arrivals arrivals;
  private final Gateway.Inside inside;
  private final LinkTable links = new LinkTable();
  private final WebPart webPart;
  private final EventLoopGroup loops;
  private final ExecutorService threads = Executors
      .newThreadPerTaskExecutor(Thread.ofVirtual().name("gateway-", 0).factory());
  private final ScheduledExecutorService pulse = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("gateway-pulse").factory());
  private final PublicPort port;
  private final List<PublicPort> plain = new ArrayList<>();
  private final FilePlaces files;

  OpenGateway(GatewayConfig config, ServerKeys keys, AgentDirectory directory, LinkListener listener,
      TimeSource time) throws IOException {
    this.time = time;
    Sockets sockets = Sockets.best();
    certificate = config.certificate().load(time.now());
    certificate.warning(time.now()).ifPresent(warning -> LOG.log(Level.WARNING, warning));
    webPart = new WebPart(config.webPart(), sockets);
    webPart.requirePrivate();
    admission = new Admission(config.limits(), time);
    refusals = new RefusalLog(time, directory::refused);
    arrivals = new Arrivals(admission, refusals, time);
    SessionLimits session = SessionLimits.standard(Role.SERVER);
    SessionTerms terms = new SessionTerms(session.recordBytes(), session.streamCredit(), session.sessionCredit(),
        config.keepalive(), Duration.ZERO);
    Handshakes handshakes = new Handshakes(new HandshakeServices(keys, directory, admission, refusals, time,
        RandomSource.secure(), new SecureRandom(), terms, new ServerRoll(Depth.DEFAULT)));
    LinkServices services = new LinkServices(handshakes, refusals, links, listener, threads, time,
        config.limits().patience(),
        session.withTerms(terms.maxRecordBytes(), terms.streamCredit(), terms.sessionCredit(),
            terms.keepalive()),
        Bytes.of(certificate.fingerprint()));
    inside = new Gateway.Inside(arrivals, services);
    loops = sockets.newLoops(Runtime.getRuntime().availableProcessors());
    var parts = new PublicPort.Parts(sockets, loops, arrivals, services, new PollLinks(arrivals, services, loops));
    try {
      port = PublicPort.tls(config.bind(), parts, certificate, webPart);
      for (InetSocketAddress address : config.plain()) {
        plain.add(PublicPort.plain(address, parts));
      }
      files = FilePlaces.open(config.files(), certificate, arrivals, services);
    } catch (IOException e) {
      stopThreads();
      throw e;
    }
    var _ = pulse.scheduleAtFixedRate(this::beat, PULSE.toMillis(), PULSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      arrivals.sweep();
      refusals.sweep();
      links.tick(time.nanoTime(), ThreadLocalRandom.current());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a beat of the gateway's timer failed; the next one comes", e);
    }
  }

  Gateway.Inside inside() {
    return inside;
  }

  int port() {
    return port.port();
  }

  List<Integer> plainPorts() {
    return plain.stream().map(PublicPort::port).toList();
  }

  List<Integer> ftpPorts() {
    return files.ports();
  }

  ServerCertificate certificate() {
    return certificate;
  }

  Collection<? extends AgentLink> links() {
    return links.links();
  }

  int connections() {
    return admission.connections();
  }

  void drain(Duration limit) throws InterruptedException {
    stopAccepting();
    links.drain(() -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(RETURN_FIRST_MILLIS, RETURN_LAST_MILLIS)));
    if (!links.awaitNone(limit)) {
      links.cut();
    }
  }

  void close() {
    stopAccepting();
    links.cut();
    files.close();
    webPart.close();
    stopThreads();
    port.close();
    plain.forEach(PublicPort::close);
  }

  private void stopAccepting() {
    port.stopAccepting();
    plain.forEach(PublicPort::stopAccepting);
    files.stopAccepting();
  }

  private void stopThreads() {
    pulse.shutdownNow();
    loops.shutdownGracefully(0, STOPPING.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * STOPPING.toMillis());
    refusals.close();
    threads.shutdown();
  }
}
