package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

import dev.sallyport.benchmark.inside.OpenDoor;
import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.Gateway;
import dev.sallyport.gateway.GatewayConfig;
import dev.sallyport.gateway.certificate.CertificateSource;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.session.handshake.ServerKeys;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;

/** A gateway on loopback in this process that lets everybody in who holds its token, and has no web part behind it. */
final class BareGateway implements AutoCloseable {
  /** Any free port of loopback. */
  static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final byte[] secret;
  private final StaticKeyPair identity;
  private final OpenDoor door;
  private final Gateway gateway;

  private BareGateway(byte[] secret, StaticKeyPair identity, OpenDoor door, Gateway gateway) {
    this.secret = secret;
    this.identity = identity;
    this.door = door;
    this.gateway = gateway;
  }

  /** @param more what else it opens beside its TLS port */
  static BareGateway open(Path directory, UnaryOperator<GatewayConfig> more) throws IOException {
    byte[] secret = new byte[EnrolToken.SECRET_BYTES];
    RandomSource.secure().fill(secret);
    var door = new OpenDoor(TokenSecret.derive(secret));
    Path web = Files.createDirectory(directory.resolve("web"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var config = GatewayConfig.of(ANY_PORT,
        new CertificateSource.SelfSigned(directory.resolve("tls"), List.of("localhost")), web.resolve("web.sock"));
    var identity = StaticKeyPair.generate(RandomSource.secure());
    var gateway = new Gateway(more.apply(config), ServerKeys.of(0, identity), door, door);
    gateway.open();
    return new BareGateway(secret, identity, door, gateway);
  }

  Gateway gateway() {
    return gateway;
  }

  /** Its static public key. */
  Bytes key() {
    return Bytes.of(identity.publicKey());
  }

  /** A token that it takes; the caller's to close. */
  EnrolToken token() {
    byte[] id = new byte[EnrolToken.ID_BYTES];
    RandomSource.secure().fill(id); // all zeros would say that there is no token
    return new EnrolToken(Bytes.of(id), secret.clone());
  }

  /** All links, once there are exactly so many. */
  List<AgentLink> links(int count) {
    while (door.links().size() != count) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return door.links();
  }

  @Override
  public void close() {
    gateway.close();
    identity.close();
  }
}
