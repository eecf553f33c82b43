package dev.sallyport.agent.proxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A realm of MIT Kerberos on loopback, in a directory of its own, with a squid that lets in whoever shows a ticket of it. */
final class KerberosRealm implements AutoCloseable {
  private static final String SQUID = "/usr/sbin/squid";
  private static final String HELPER = "/usr/lib/squid/negotiate_kerberos_auth";
  private static final Map<String, String> PACKAGES = Map.of(SQUID, "squid", HELPER, "squid", "/usr/bin/kinit",
      "krb5-user", "/usr/sbin/krb5kdc", "krb5-kdc", "/usr/sbin/kadmin.local", "krb5-admin-server");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  /** Below the ports that the system gives to others. */
  private static final int FIRST_PORT = 12_000;
  private static final int PORTS = 8_000;

  private final Path directory;
  private final Map<String, String> environment;
  private final Deque<Process> running = new ArrayDeque<>();
  private int lastPort = FIRST_PORT + (int) (ProcessHandle.current().pid() % PORTS);
  private final int squid;

  KerberosRealm() throws IOException, InterruptedException {
    PACKAGES.forEach((program, name) -> assumeTrue(Files.isExecutable(Path.of(program)),
        program + " is not installed here (Debian: apt-get install " + name + ")"));
    directory = Files.createTempDirectory("sallyport-realm");
    // Squid drops root's rights and must still read what is meant for it.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    environment = Map.of("KRB5_CONFIG", directory + "/krb5.conf", "KRB5_KDC_PROFILE", directory + "/kdc.conf",
        "KRB5CCNAME", "FILE:" + directory + "/tickets", "KRB5RCACHEDIR", directory.toString(), "KRB5_KTNAME",
        directory + "/http.keytab");
    try {
      realm();
      squid = squid();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void realm() throws IOException, InterruptedException {
    int port = freePort();
    write("krb5.conf", """
        [libdefaults]
         default_realm = SALLY.TEST
         dns_lookup_kdc = false
         rdns = false
         dns_canonicalize_hostname = false
        [realms]
         SALLY.TEST = {
          kdc = 127.0.0.1:%1$d
         }
        [domain_realm]
         localhost = SALLY.TEST
        [logging]
         kdc = FILE:%2$s/kdc.log
         default = FILE:%2$s/other.log
        """.formatted(port, directory));
    write("kdc.conf", """
        [kdcdefaults]
         kdc_listen = 127.0.0.1:%1$d
         kdc_tcp_listen = 127.0.0.1:%1$d
        [realms]
         SALLY.TEST = {
          database_name = %2$s/principal
          key_stash_file = %2$s/stash
          acl_file = %2$s/acl
         }
        """.formatted(port, directory));
    run("", "/usr/sbin/kdb5_util", "create", "-s", "-r", "SALLY.TEST", "-P", "master");
    run("", "/usr/sbin/kadmin.local", "-q", "addprinc -pw s3cret jane");
    run("", "/usr/sbin/kadmin.local", "-q", "addprinc -randkey HTTP/localhost");
    run("", "/usr/sbin/kadmin.local", "-q", "ktadd -k " + directory + "/http.keytab HTTP/localhost");
    Files.setPosixFilePermissions(directory.resolve("http.keytab"), PosixFilePermissions.fromString("rw-r--r--"));
    await(start("/usr/sbin/krb5kdc", "-n", "-P", directory + "/kdc.pid"), port);
    run("s3cret\n", "/usr/bin/kinit", "jane");
  }

  private int squid() throws IOException {
    int port = freePort();
    Path settings = write("squid.conf", "auth_param negotiate program " + HELPER + " -s HTTP/localhost\n"
        + "auth_param negotiate children 2 startup=1\nhttp_port 127.0.0.1:" + port
        + "\nacl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\naccess_log none\ncache_log "
        + directory + "/squid.log\npid_filename none\ncache deny all\nshutdown_lifetime 1 seconds\n"
        + "visible_hostname proxy.example\n");
    await(start(SQUID, "-N", "-f", settings.toString()), port);
    return port;
  }

  /** Where the proxy listens on {@code localhost}. */
  int proxyPort() {
    return squid;
  }

  /** Of an account that has a ticket. */
  Map<String, String> environment() {
    return environment;
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private ProcessBuilder program(String... command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("said").toFile()));
    builder.environment().putAll(environment);
    return builder;
  }

  private Process start(String... command) throws IOException {
    Process process = program(command).start();
    running.push(process);
    return process;
  }

  private void run(String input, String... command) throws IOException, InterruptedException {
    Process process = program(command).start();
    try (var in = process.outputWriter()) {
      in.write(input);
    }
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + " failed:\n" + Files.readString(directory.resolve("said")));
    }
  }

  private void await(Process process, int port) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts(port)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException(process.info() + " does not listen:\n" + Files.readString(directory.resolve("said")));
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private static boolean accepts(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private int freePort() {
    do {
      lastPort++;
    } while (!isFree(lastPort));
    return lastPort;
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false; // somebody has it
    }
  }

  @Override
  public void close() throws IOException {
    for (Process process : running) {
      process.destroy();
      process.onExit().join();
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
