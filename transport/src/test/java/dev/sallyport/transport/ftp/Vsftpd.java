package dev.sallyport.transport.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.tls.TestIdentity;

/** A real vsftpd on loopback under this test's own user; its one log-in is {@code anonymous} with the password {@code drop@box}. */
public final class Vsftpd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/vsftpd");
  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

  private final Process process;
  private final Path root;
  private final int port;
  private final boolean secured;

  private Vsftpd(Process process, Path root, int port, boolean secured) {
    this.process = process;
    this.root = root;
    this.port = port;
    this.secured = secured;
  }

  /** Whether this machine has one. */
  public static boolean isHere() {
    return Files.isExecutable(PROGRAM);
  }

  /** In the clear. */
  public static Vsftpd start(Path directory) throws IOException {
    return start(directory, List.of());
  }

  /** With TLS required, TLS sessions of transfers resumed from the control connection's included. */
  public static Vsftpd start(Path directory, TestIdentity identity) throws IOException {
    Path certificate = pem(directory.resolve("certificate.pem"), "CERTIFICATE", identity.certificate());
    Path key = directory.resolve("key.pem");
    Files.writeString(key, pem("PRIVATE KEY", identity.key().getEncoded()));
    return start(directory, List.of("ssl_enable=YES", "allow_anon_ssl=YES", "force_anon_logins_ssl=YES",
        "force_anon_data_ssl=YES", "require_ssl_reuse=YES", "rsa_cert_file=" + certificate,
        "rsa_private_key_file=" + key, "ssl_ciphers=HIGH"));
  }

  private static Path pem(Path file, String label, java.security.cert.X509Certificate certificate) throws IOException {
    try {
      return Files.writeString(file, pem(label, certificate.getEncoded()));
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(bytes)
        + "\n-----END " + label + "-----\n";
  }

  private static Vsftpd start(Path directory, List<String> more) throws IOException {
    Path root = Files.createDirectories(directory.resolve("root"));
    Files.createDirectories(root.resolve("drop"));
    Path passwords = Files.writeString(directory.resolve("passwords"), "drop@box\n");
    int port = freePort();
    var lines = new java.util.ArrayList<>(List.of("listen=YES", "listen_address=127.0.0.1", "listen_port=" + port,
        "background=NO", "run_as_launching_user=YES", "anonymous_enable=YES", "local_enable=NO", "write_enable=YES",
        "anon_root=" + root, "anon_upload_enable=YES", "anon_mkdir_write_enable=YES", "anon_other_write_enable=YES",
        "anon_world_readable_only=NO", "allow_writeable_chroot=YES", "secure_email_list_enable=YES",
        "email_password_file=" + passwords, "seccomp_sandbox=NO", "isolate=NO", "isolate_network=NO",
        "secure_chroot_dir=" + Files.createDirectories(directory.resolve("empty")),
        "xferlog_enable=YES", "vsftpd_log_file=" + directory.resolve("log"), "ftpd_banner=welcome"));
    lines.addAll(more);
    Path config = Files.writeString(directory.resolve("vsftpd.conf"), String.join("\n", lines) + "\n");
    Process process = new ProcessBuilder(PROGRAM.toString(), config.toString()).redirectErrorStream(true)
        .redirectOutput(directory.resolve("out").toFile()).start();
    var made = new Vsftpd(process, root, port, !more.isEmpty());
    made.awaitListening(directory);
    return made;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening(Path directory) throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    throw new IOException("vsftpd did not start: "
        + new String(Files.readAllBytes(directory.resolve("out")), StandardCharsets.UTF_8));
  }

  /** With the log-in and the directory. */
  public ServerAddress address() {
    return ServerAddress.of((secured ? "ftps" : "ftp") + "://anonymous:drop%40box@localhost:" + port + "/drop");
  }

  /** Where the files lie on disk. */
  public Path drop() {
    return root.resolve("drop");
  }

  /** Ends the children that serve the connections there are; the next connection is served by a new one. */
  void cutConnections() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
