package dev.sallyport.benchmark.fleet;

import java.security.KeyPair;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.tls.TlsTrust;
import dev.sallyport.transport.websocket.WebSocketDialer;

/**
 * What all agents of a fleet share: where the server is, how it is known, the token they enrol with, and, because making
 * them costs more than a simulation should, one signing and box key for all.
 */
@SuppressWarnings("ArrayRecordComponent") // made once and only read
record Invitation(ServerAddress address, Dialer dialer, ServerKey server, byte[] tokenId, Secret token, KeyPair signing,
    Bytes boxX25519, Bytes boxMlKem) {

  static Invitation of(String bundleText, KeyPair signing, Bytes boxX25519, Bytes boxMlKem) {
    EnrolBundle bundle = SignedBundle.ofText(bundleText).delivered();
    List<byte[]> pins = bundle.tlsPins().stream().map(Bytes::toArray).toList();
    return new Invitation(ServerAddress.of(bundle.servers().getFirst().toString()),
        new WebSocketDialer(TlsTrust.pinned(pins)),
        bundle.serverKeys().getFirst(), bundle.token().id().toArray(), TokenSecret.derive(bundle.token().secret()),
        signing, boxX25519, boxMlKem);
  }
}
