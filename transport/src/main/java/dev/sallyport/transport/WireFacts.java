package dev.sallyport.transport;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the way a wire's bytes travel.
 *
 * @param transport the binding's word: {@code websocket}, {@code memory}
 * @param route the way its connection takes, in words: {@code direct}, {@code http proxy 10.0.0.1:3128}
 * @param remoteAddress the other end as {@code address:port}, or the empty text
 * @param tlsLeafSha256 SHA-256 of the certificate the other end showed, or empty without TLS; told to the server inside the
 *        session, so that an inspecting proxy is noticed (A2)
 * @param tlsIssuer who signed that certificate, as RFC 2253 writes it, a stranger's words; or the empty text
 * @param localAddress this machine's own end, or null where the wire is more than one connection
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only told
public record WireFacts(String transport, String route, String remoteAddress, byte[] tlsLeafSha256, String tlsIssuer,
    @Nullable InetAddress localAddress) {

  /** Facts of a wire that is more than one connection, or none at all. */
  public WireFacts(String transport, String route, String remoteAddress, byte[] tlsLeafSha256, String tlsIssuer) {
    this(transport, route, remoteAddress, tlsLeafSha256, tlsIssuer, null);
  }
}
