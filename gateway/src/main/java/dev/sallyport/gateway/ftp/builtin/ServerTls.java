package dev.sallyport.gateway.ftp.builtin;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

import dev.sallyport.gateway.certificate.ServerCertificate;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;

/** TLS with the server's certificate, for whoever asks for it (RFC 4217, explicit). */
final class ServerTls implements SslConfiguration {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;

  ServerTls(ServerCertificate certificate) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", certificate.key(), new char[0], certificate.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java has TLS and key stores in memory", e);
    }
  }

  @Override
  public SSLSocketFactory getSocketFactory() {
    return context.getSocketFactory();
  }

  @Override
  public SSLContext getSSLContext() {
    return context;
  }

  @Override
  public SSLContext getSSLContext(String protocol) {
    return context;
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return context.getDefaultSSLParameters().getCipherSuites();
  }

  @Override
  public String getEnabledProtocol() {
    return VERSIONS[0];
  }

  @Override
  public String[] getEnabledProtocols() {
    return VERSIONS.clone();
  }

  @Override
  public ClientAuth getClientAuth() {
    return ClientAuth.NONE;
  }
}
