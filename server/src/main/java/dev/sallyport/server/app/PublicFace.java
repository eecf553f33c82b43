package dev.sallyport.server.app;

import java.net.URI;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.sallyport.gateway.Gateway;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.server.app.setting.Settings.PublicAddress;
import dev.sallyport.server.key.ServerIdentity;
import dev.sallyport.server.site.BundleSource;

/** What enrolment bundles say of this server; its port and its certificate are known once the gateway is open. */
final class PublicFace implements BundleSource {

  /** The number of the server's only key; another joins it while the key is changed. */
  static final int SELECTOR = 0;

  private final PublicAddress address;
  private final ServerIdentity identity;
  private final FtpPlaces ftp;
  private final AtomicReference<Gateway> gateway = new AtomicReference<>();

  PublicFace(PublicAddress address, ServerIdentity identity, FtpPlaces ftp) {
    this.address = address;
    this.identity = identity;
    this.ftp = ftp;
  }

  /** The gateway is open. */
  void seenThrough(Gateway open) {
    gateway.set(open);
  }

  /** {@code host:port} as browsers and agents reach this server. */
  String address() {
    return address.text(open().port());
  }

  @Override
  public List<URI> servers() {
    var doors = new ArrayList<URI>();
    doors.add(URI.create("wss://" + address() + "/agent"));
    doors.addAll(ftp.addresses(address, open().ftpPorts()));
    for (int port : open().plainPorts()) {
      String plain = new PublicAddress(address.host(), port).text(port);
      doors.add(URI.create("http://" + plain));
      doors.add(URI.create("tcp://" + plain));
    }
    return doors;
  }

  @Override
  public List<ServerKey> serverKeys() {
    return List.of(new ServerKey(SELECTOR, Bytes.of(identity.staticKey().publicKey())));
  }

  @Override
  public List<Bytes> tlsPins() {
    var pins = new ArrayList<Bytes>();
    if (open().certificate().selfSigned()) {
      pins.add(Bytes.of(open().certificate().pin()));
    }
    pins.addAll(ftp.pins());
    return pins;
  }

  @Override
  public KeyPair installerKey() {
    return identity.installerKey();
  }

  private Gateway open() {
    return Optional.ofNullable(gateway.get())
        .orElseThrow(() -> new IllegalStateException("the gateway is not open yet, so nobody can have asked"));
  }
}
