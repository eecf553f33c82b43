package dev.sallyport.server.app;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sallyport.gateway.Gateway;
import dev.sallyport.gateway.GatewayConfig;
import dev.sallyport.gateway.certificate.CertificateSource;
import dev.sallyport.server.access.account.FirstOwner;
import dev.sallyport.server.action.ActionConfiguration;
import dev.sallyport.server.app.setting.Settings;
import dev.sallyport.server.app.web.SocketPlace;
import dev.sallyport.server.app.web.WebPart;
import dev.sallyport.server.audit.AuditConfiguration;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditLog;
import dev.sallyport.server.directive.AnswerDesk;
import dev.sallyport.server.directive.DirectiveConfiguration;
import dev.sallyport.server.file.FileConfiguration;
import dev.sallyport.server.file.FileLimits;
import dev.sallyport.server.file.FilePlace;
import dev.sallyport.server.inventory.InventoryConfiguration;
import dev.sallyport.server.key.AesVault;
import dev.sallyport.server.key.KeyException;
import dev.sallyport.server.key.ServerIdentity;
import dev.sallyport.server.library.LibraryConfiguration;
import dev.sallyport.server.library.LibraryPlaces;
import dev.sallyport.server.machine.MachineConfiguration;
import dev.sallyport.server.machine.MachineDirectory;
import dev.sallyport.server.procedure.ProcedureConfiguration;
import dev.sallyport.server.review.ReviewConfiguration;
import dev.sallyport.server.schedule.ScheduleConfiguration;
import dev.sallyport.server.site.SiteConfiguration;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.switchboard.LocalSwitchboard;
import dev.sallyport.server.transfer.TransferConfiguration;
import dev.sallyport.server.web.EventStreams;
import dev.sallyport.session.handshake.ServerKeys;

/**
 * One running server, and the order in which it comes up and goes down: what others stand on first and last.
 *
 * <pre>
 * data directory · keys · store · audit log · web part with the features · gateway     up: left to right
 * </pre>
 */
public final class Server implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Server.class.getName());

  /** Each feature's configuration. */
  private static final List<Class<?>> FEATURES = List.of(AuditConfiguration.class, ReviewConfiguration.class,
      SiteConfiguration.class,
      MachineConfiguration.class,
      ActionConfiguration.class, DirectiveConfiguration.class, ScheduleConfiguration.class,
      ProcedureConfiguration.class, InventoryConfiguration.class, LibraryConfiguration.class, FileConfiguration.class,
      TransferConfiguration.class);
  /** How long agents' links may take to end in order. */
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final DataDirectory data;
  private final DatabaseStore store;
  private final AuditLog audit;
  private final WebPart web;
  private final Gateway gateway;
  private final Optional<String> setupToken;
  private final String address;

  private Server(DataDirectory data, DatabaseStore store, AuditLog audit, WebPart web, Gateway gateway,
      Optional<String> setupToken, String address) {
    this.address = address;
    this.data = data;
    this.store = store;
    this.audit = audit;
    this.web = web;
    this.gateway = gateway;
    this.setupToken = setupToken;
  }

  /** Starts; the public port is open when this returns. */
  public static Server start(Settings settings, InstantSource clock) throws StartException {
    return start(settings, clock, List.of());
  }

  /** Starts with these features besides its own. */
  static Server start(Settings settings, InstantSource clock, List<Class<?>> more) throws StartException {
    DataDirectory data = DataDirectory.open(settings.data());
    try {
      return start(settings, clock, Stream.concat(FEATURES.stream(), more.stream()).toList(), data);
    } catch (StoreUnavailableException | KeyException e) {
      close(data);
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      close(data);
      throw new StartException("The server cannot start: " + e.getMessage() + ".", e);
    } catch (RuntimeException e) {
      close(data);
      throw e;
    }
  }

  private static Server start(Settings settings, InstantSource clock, List<Class<?>> features, DataDirectory data)
      throws IOException {
    unpackNativeCodeIn(data.run());
    DataDirectory.makePrivate(settings.keys());
    AesVault vault = AesVault.open(settings.keys().resolve("vault.key"));
    ServerIdentity identity = ServerIdentity.open(settings.keys());
    DatabaseStore store = DatabaseStore.open(settings.database());
    try (var started = new Started(store)) {
      vault.belongsTo(store);
      Path log = settings.data().resolve("audit");
      DataDirectory.makePrivate(log);
      AuditLog audit = started.add(AuditLog.open(log, identity.auditName(), identity.auditKey(), clock));
      audit.record(AuditEvent.of("server.started").to(version()));
      var firstOwner = new FirstOwner(store, clock, data.setupToken());
      Optional<String> setupToken = firstOwner.offer();
      var givens = new WebPart.Givens(store, clock, firstOwner, SocketPlace.in(data.run()), version());
      var ftp = new FtpPlaces(settings);
      var face = new PublicFace(settings.publicAddress(), identity, ftp);
      WebPart web = WebPart.start(givens, features, beans -> {
        beans.registerSingleton("vault", vault);
        beans.registerSingleton("auditLog", audit);
        beans.registerSingleton("bundleSource", face);
        beans.registerSingleton("libraryPlaces",
            new LibraryPlaces(settings.data().resolve("libraries"), shippedLibraries()));
        beans.registerSingleton("filePlace", new FilePlace(settings.data().resolve("files"), FileLimits.DEFAULT));
      });
      Gateway gateway = open(settings, identity, web, ftp);
      face.seenThrough(gateway);
      started.keep();
      return new Server(data, store, audit, web, gateway, setupToken, face.address());
    }
  }

  /** Where the program that starts the server says that libraries came with it. */
  private static Optional<Path> shippedLibraries() {
    return Optional.of(System.getProperty("sallyport.libraries", "")).filter(place -> !place.isEmpty()).map(Path::of);
  }

  /** Opens the public port; the web part behind it is there already, so the first request finds an answer. */
  private static Gateway open(Settings settings, ServerIdentity identity, WebPart web, FtpPlaces ftp)
      throws IOException {
    CertificateSource certificate = switch (settings.certificate()) {
      case Settings.Certificate.SelfMade() ->
        new CertificateSource.SelfSigned(settings.keys().resolve("tls"), List.of(settings.publicAddress().host()));
      case Settings.Certificate.Files(Path chain, Path key) -> new CertificateSource.PemFiles(chain, key);
    };
    var config = GatewayConfig.of(new InetSocketAddress(settings.bind(), settings.port()), certificate, web.socket())
        .withFiles(ftp.exchanges())
        .withPlain(settings.plainPorts().stream().map(port -> new InetSocketAddress(settings.bind(), port)).toList());
    var gateway = new Gateway(config, ServerKeys.of(PublicFace.SELECTOR, identity.staticKey()),
        web.bean(MachineDirectory.class), web.bean(LocalSwitchboard.class));
    try {
      gateway.open();
    } catch (IOException | RuntimeException e) {
      web.close();
      throw e;
    }
    return gateway;
  }

  /** The one-time token for the first owner; empty if there is one already. */
  public Optional<String> setupToken() {
    return setupToken;
  }

  /** Prints what whoever started the server waits for. */
  void announce(PrintStream out) {
    setupToken.ifPresent(
        token -> out.println("first owner: open https://" + address + "/#/setup and give this one-time token: "
            + token));
    if (gateway.certificate().selfSigned()) {
      out.println("certificate made by this server, to compare when logging in: sha256:"
          + HexFormat.of().formatHex(gateway.certificate().fingerprint()));
    }
    out.println("sallyport server ready: https://" + address);
    out.flush();
  }

  /** {@code host:port} as browsers and agents reach this server. */
  String address() {
    return address;
  }

  /** The web part, for tests. */
  WebPart web() {
    return web;
  }

  /** The gateway, for tests. */
  Gateway gateway() {
    return gateway;
  }

  /** Goes down in order: no new requests, those under way are answered, what was accepted is stored. */
  @Override
  public void close() {
    drain();
    web.bean(EventStreams.class).shutDown();
    web.bean(AnswerDesk.class).shutDown();
    web.close();
    gateway.close();
    audit.close();
    store.close();
    close(data);
  }

  private void drain() {
    try {
      gateway.drain(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(DataDirectory data) {
    try {
      data.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the data directory's lock could not be given back; it ends with the process", e);
    }
  }

  /** In a directory of ours, where nobody can put another file in its place (T42). */
  private static void unpackNativeCodeIn(Path directory) {
    System.setProperty("org.sqlite.tmpdir", directory.toString());
    System.setProperty("io.netty.native.workdir", directory.toString());
  }

  /** This build's version. */
  static String version() {
    String version = Server.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
