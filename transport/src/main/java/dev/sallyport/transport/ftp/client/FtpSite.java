package dev.sallyport.transport.ftp.client;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;

/**
 * An FTP server, and how to get there.
 *
 * @param address {@code ftp:} or {@code ftps:}, with user, password and directory
 * @param route for the control connection and for every transfer
 * @param tls for {@code ftps:}
 */
public record FtpSite(ServerAddress address, Route route, TlsLayer tls) {
  /** Whether everything goes through TLS (RFC 4217, explicit). */
  boolean secured() {
    return address.scheme() == ServerAddress.Scheme.FTPS;
  }
}
