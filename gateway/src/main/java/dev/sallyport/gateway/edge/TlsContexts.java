package dev.sallyport.gateway.edge;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

import dev.sallyport.gateway.certificate.ServerCertificate;
import dev.sallyport.gateway.socket.Sockets;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/** TLS as this server speaks it: 1.3, and 1.2 with forward secrecy and authenticated encryption only. */
final class TlsContexts {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private static final List<String> SUITES = List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
      "TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private TlsContexts() {
  }

  static SslContext server(ServerCertificate certificate, Sockets sockets) throws SSLException {
    return SslContextBuilder.forServer(certificate.key(), certificate.chain().toArray(X509Certificate[]::new))
        .sslProvider(sockets.tls()).protocols(VERSIONS).ciphers(SUITES)
        .applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1))
        .build();
  }
}
