package dev.sallyport.server.site;

import java.net.URI;
import java.security.KeyPair;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.ServerKey;

/** What a bundle says of this server: provided by whoever knows its addresses and keys. */
public interface BundleSource {
  /** Where agents find this server, in the order to try. */
  List<URI> servers();

  /** The server's static keys that agents pin. */
  List<ServerKey> serverKeys();

  /** SHA-256 of TLS certificates that agents accept although no authority vouches for them; empty if one does. */
  List<Bytes> tlsPins();

  /** The Ed25519 pair that signs bundles. */
  KeyPair installerKey();
}
