package dev.sallyport.gateway.ftp.builtin;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.sallyport.gateway.FtpExchange;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.gateway.certificate.ServerCertificate;
import dev.sallyport.gateway.ftp.FtpLinks;
import dev.sallyport.gateway.ftp.Leftovers;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;

/** An FTP server that is good for nothing but this exchange. */
public final class BuiltInServer implements AutoCloseable {
  /** Log-ins beyond one for each link: agents that come back while their last connection still counts. */
  private static final int SPARE_LOG_INS = 64;
  /** Control connections at once for each log-in that may be: strangers cannot take more. */
  private static final int GUESTS_PER_LINK = 2;
  /** Threads that commands and transfers run on, all of them. */
  private static final int THREADS = 32;
  private static final int MAX_LOG_IN_FAILURES = 3;
  private static final int LOG_IN_FAILURE_DELAY_MILLIS = 500;
  /** Seconds that a transfer may stand still. */
  private static final int TRANSFER_IDLE_SECONDS = 30;
  /** How long a stranger's directory may lie there: longer than an agent takes for its HELLO and waits for the answer. */
  private static final Duration STRANGERS = Duration.ofSeconds(45);
  private static final Duration SWEEP = Duration.ofSeconds(10);
  private static final Logger LOG = System.getLogger(BuiltInServer.class.getName());

  /** No PORT and EPRT, which connect to where the client says; no REST, APPE, STOU, SITE, MFMT and all the others. */
  private static final List<String> COMMANDS = List.of("AUTH", "CWD", "DELE", "EPSV", "FEAT", "LIST", "MKD", "MLSD",
      "NLST", "NOOP", "PASS", "PASV", "PBSZ", "PROT", "PWD", "QUIT", "RETR", "RMD", "RNFR", "RNTO", "SIZE", "STOR",
      "SYST",
      "TYPE", "USER");

  private final FtpServer server;
  private final Listener listener;
  private final Path root;
  private final Space space;
  private final FtpLinks links;
  private final TimeSource time;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private BuiltInServer(FtpServer server, Listener listener, Path root, Space space, FtpLinks links, TimeSource time) {
    this.server = server;
    this.listener = listener;
    this.root = root;
    this.space = space;
    this.links = links;
    this.time = time;
  }

  /**
   * Empties the directory and opens the port.
   *
   * @throws IOException if either cannot be done
   */
  public static BuiltInServer start(FtpExchange.BuiltIn config, ServerCertificate certificate, FtpLinks links,
      TimeSource time, Executor threads) throws IOException {
    Path root = config.directory();
    Files.createDirectories(root);
    var space = new Space(config.bytes());
    var places = new Places(root, config.links(), links::isLinked);
    var depot = new DiskDepot(root, space);
    Leftovers.removeAll(depot, depot.list(""));
    Listener listener = listener(config, certificate);
    var factory = new FtpServerFactory();
    factory.setListeners(new HashMap<>(Map.of("default", listener))); // it is emptied at the end
    factory.setUserManager(new AgentAccount(config.user(), config.password()));
    factory.setFileSystem(user -> new ExchangeView(root, space, places, links,
        user instanceof AgentAccount.Caller caller ? caller.remote() : InetAddress.getLoopbackAddress()));
    factory.setCommandFactory(commands());
    var connections = new ConnectionConfigFactory();
    connections.setAnonymousLoginEnabled(false);
    connections.setMaxLogins(config.links() + SPARE_LOG_INS);
    connections.setMaxThreads(THREADS);
    connections.setMaxLoginFailures(MAX_LOG_IN_FAILURES);
    connections.setLoginFailureDelay(LOG_IN_FAILURE_DELAY_MILLIS);
    factory.setConnectionConfig(connections.createConnectionConfig());
    FtpServer server = factory.createServer();
    try {
      server.start();
    } catch (FtpException | RuntimeException e) {
      server.stop();
      throw new IOException("the FTP port " + config.bind() + " cannot be opened (" + e.getMessage()
          + "); see whether another program has it", e);
    }
    var made = new BuiltInServer(server, listener, root, space, links, time);
    threads.execute(made::sweep);
    return made;
  }

  private static Listener listener(FtpExchange.BuiltIn config, ServerCertificate certificate) {
    var tls = new ServerTls(certificate);
    var data = new DataConnectionConfigurationFactory();
    data.setActiveEnabled(false);
    data.setPassivePorts(config.passive());
    data.setPassiveIpCheck(true);
    data.setIdleTime(TRANSFER_IDLE_SECONDS);
    data.setSslConfiguration(tls);
    var listener = new ListenerFactory();
    listener.setServerAddress(config.bind().getAddress().getHostAddress());
    listener.setPort(config.bind().getPort());
    listener.setIdleTimeout(AgentAccount.IDLE_SECONDS);
    listener.setSessionFilter(new Guests(GUESTS_PER_LINK * (config.links() + SPARE_LOG_INS)));
    listener.setSslConfiguration(tls);
    listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    return listener.createListener();
  }

  private static CommandFactory commands() {
    CommandFactory all = new CommandFactoryFactory().createCommandFactory();
    var some = new CommandFactoryFactory();
    some.setUseDefaultCommands(false);
    COMMANDS.forEach(name -> some.addCommand(name, all.getCommand(name)));
    return some.createCommandFactory();
  }

  /** The port that is open. */
  public int port() {
    return listener.getPort();
  }

  private void sweep() {
    var leftovers = new Leftovers(STRANGERS);
    var depot = new DiskDepot(root, space);
    try {
      while (!stopped.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          leftovers.sweep(depot, depot.list(""), links::has, time.nanoTime());
        } catch (IOException e) {
          LOG.log(Level.WARNING, "files that dead links left behind cannot be removed: " + e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    server.stop();
  }
}
