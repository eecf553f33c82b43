package dev.sallyport.gateway;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.sallyport.gateway.certificate.CertificateSource;
import dev.sallyport.session.stream.SessionLimits;

/**
 * What a gateway is made with.
 *
 * @param bind where to listen; port 0 lets the system choose
 * @param plain ports without TLS, for agents that can come no other way (K4)
 * @param files where agents that can send nothing but files leave them (K4)
 * @param certificate what to show
 * @param webPart the Unix socket of the web part, in a directory that only this user can enter; it may come into being later
 * @param keepalive within which agents notice a dead path, at the latest; a link that was silent for half as long again is closed
 * @param limits what is borne
 */
public record GatewayConfig(InetSocketAddress bind, List<InetSocketAddress> plain, List<FtpExchange> files,
    CertificateSource certificate, Path webPart, Duration keepalive, GatewayLimits limits) {
  /** Unless configured otherwise. Agents choose less where something on their way is less patient. */
  public static final Duration KEEPALIVE = SessionLimits.KEEPALIVE;

  /** Keeps copies of the lists. */
  public GatewayConfig {
    plain = List.copyOf(plain);
    files = List.copyOf(files);
  }

  /** No plain ports, no files, standard keepalive and limits. */
  public static GatewayConfig of(InetSocketAddress bind, CertificateSource certificate, Path webPart) {
    return new GatewayConfig(bind, List.of(), List.of(), certificate, webPart, KEEPALIVE, GatewayLimits.standard());
  }

  /** This configuration with other limits. */
  public GatewayConfig withLimits(GatewayLimits other) {
    return new GatewayConfig(bind, plain, files, certificate, webPart, keepalive, other);
  }

  /** This configuration with another keepalive, in whole seconds. */
  public GatewayConfig withKeepalive(Duration other) {
    return new GatewayConfig(bind, plain, files, certificate, webPart, other, limits);
  }

  /** This configuration with these ports without TLS. */
  public GatewayConfig withPlain(List<InetSocketAddress> ports) {
    return new GatewayConfig(bind, ports, files, certificate, webPart, keepalive, limits);
  }

  /** This configuration with these places for files. */
  public GatewayConfig withFiles(List<FtpExchange> places) {
    return new GatewayConfig(bind, plain, places, certificate, webPart, keepalive, limits);
  }
}
