package dev.sallyport.server.app.web;

import java.time.Duration;
import java.util.Set;

import dev.sallyport.server.access.session.Sessions;
import dev.sallyport.server.web.EventStreams;
import dev.sallyport.server.web.ProblemWriter;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.servlet.Session;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Jetty: no TCP port, one Unix socket, HTTP/1.1 and cleartext HTTP/2 as the gateway relays them, a virtual thread a request. */
@Configuration(proxyBeanMethods = false)
class JettyConfiguration {

  /** A connection without traffic, or with a client that takes nothing, ends after this; event streams beat more often. */
  private static final Duration IDLE = Duration.ofSeconds(30);
  /** Each way between gateway and web part, in bytes; measured to carry transfers at the speed of the TLS layer. */
  private static final int SOCKET_BUFFER_BYTES = 512 * 1024;
  private static final int OUTPUT_BUFFER_BYTES = 64 * 1024;
  private static final int MAX_HEAD_BYTES = 16 * 1024;
  /** Requests under way at once, beyond which new ones wait; a thread costs little, and event streams alone may hold so many. */
  private static final int MAX_REQUESTS = 2 * EventStreams.MAX_STREAMS;
  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = 2;

  @Bean
  JettyServletWebServerFactory webServer(SocketPlace socket, ProblemWriter problems) {
    var factory = new JettyServletWebServerFactory(0);
    factory.setThreadPool(new VirtualThreadPool(MAX_REQUESTS));
    factory.setShutdown(Shutdown.GRACEFUL);
    factory.getSettings().setRegisterDefaultServlet(false);
    factory.getSettings().setDocumentRoot(socket.directory().toFile()); // nothing is served from it
    sessions(factory.getSettings().getSession());
    factory.addServerCustomizers(server -> customize(server, socket, problems));
    return factory;
  }

  private static void sessions(Session session) {
    session.setTimeout(Sessions.IDLE);
    session.setTrackingModes(Set.of(Session.SessionTrackingMode.COOKIE));
    Cookie cookie = session.getCookie();
    cookie.setName(Sessions.COOKIE);
    cookie.setPath("/");
    cookie.setSecure(true);
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.STRICT);
  }

  private static void customize(Server server, SocketPlace socket, ProblemWriter problems) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEAD_BYTES);
    http.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
    http.setUriCompliance(UriCompliance.UNSAFE); // so that PlainPaths sees what was really sent and answers it
    var h2 = new HTTP2CServerConnectionFactory(http);
    h2.setConnectProtocolEnabled(false); // browsers then open HTTP/1.1 for a WebSocket
    var connector = new UnixDomainServerConnector(server, ACCEPTORS, SELECTORS, new GatewayOnly.Header(),
        new HttpConnectionFactory(http), h2);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptedSendBufferSize(SOCKET_BUFFER_BYTES);
    connector.setAcceptedReceiveBufferSize(SOCKET_BUFFER_BYTES);
    connector.setUnixDomainPath(socket.path());
    server.setConnectors(new Connector[]{connector});
    var errors = new JettyProblems(problems);
    server.setErrorHandler(errors);
    server.getDescendants(ServletContextHandler.class).forEach(context -> context.setErrorHandler(errors));
    server.insertHandler(new PlainPaths(problems));
    server.insertHandler(new GatewayOnly());
  }
}
