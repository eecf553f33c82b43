package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.testing.installation.Program;

/** Real proxies, and those of ours that are worse than the real ones. */
final class Peers {
  static final String USER = "jane";
  static final String PASSWORD = "s3cret";
  static final int HTTP = 3128;
  static final int SOCKS = 1080;
  static final int WEB = 80;
  static final int FTP = 21;

  /** The ports for an FTP server's transfers, as {@code first-last}. */
  static final String FTP_TRANSFERS = "40000-40099";
  static final String FTP_USER = "anonymous";

  private Peers() {
  }

  static Program squidWithBasic(Place place, String password) throws IOException {
    Path users = readable(place.folder().resolve("users"),
        USER + ":" + Command.run("openssl", "passwd", "-1", password));
    return squid(place, "auth_param basic program /usr/lib/squid/basic_ncsa_auth " + users
        + "\nauth_param basic credentialsttl 1 second\n");
  }

  static Program squidWithDigest(Place place) throws IOException {
    Path users = readable(place.folder().resolve("users"), USER + ":" + PASSWORD + "\n");
    return squid(place,
        "auth_param digest program /usr/lib/squid/digest_file_auth " + users + "\nauth_param digest realm office\n");
  }

  /** The log-in of Windows networks, judged by Samba; the user is known as {@code OFFICE\\jane}. */
  static Program squidWithNtlm(Place place) throws IOException {
    Path samba = Files.createDirectories(place.folder().resolve("samba"));
    Files.setPosixFilePermissions(samba, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path settings = readable(place.folder().resolve("samba.conf"),
        "[global]\nworkgroup=OFFICE\nprivate dir=" + samba + "\nlock directory=" + samba + "\nstate directory=" + samba
            + "\ncache directory=" + samba + "\npid directory=" + samba + "\n");
    return squid(place, "auth_param ntlm program /usr/bin/ntlm_auth --helper-protocol=squid-2.5-ntlmssp --username="
        + USER + " --domain=OFFICE --password=" + PASSWORD + " --configfile=" + settings
        + "\nauth_param ntlm children 2 startup=1\nauth_param ntlm keep_alive on\n");
  }

  /** Forwards requests, and connects nobody to anything. */
  static Program squidWithoutConnect(Place place) throws IOException {
    return squid(place, "", "acl tunnel method CONNECT\nhttp_access deny tunnel\nhttp_access allow all\n");
  }

  private static Program squid(Place place, String authentication) throws IOException {
    return squid(place, authentication,
        "acl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\n");
  }

  private static Program squid(Place place, String authentication, String access) throws IOException {
    Files.setPosixFilePermissions(place.folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
    Path file = readable(place.folder().resolve("squid.conf"), authentication + "http_port " + HTTP
        + "\n" + access + "access_log none\ncache_log " + place.folder()
        + "/squid.txt\npid_filename none\ncache deny all\nshutdown_lifetime 1 seconds\n"
        + "visible_hostname proxy.example\nhosts_file " + place.folder() + "/etc-hosts\n");
    return listening(place, HTTP, List.of("/usr/sbin/squid", "-N", "-f", file.toString()));
  }

  static Program tinyproxy(Place place) throws IOException {
    Path file = readable(place.folder().resolve("tinyproxy.conf"),
        "Port " + HTTP + "\nTimeout 600\nBasicAuth " + USER + " " + PASSWORD + "\n");
    return listening(place, HTTP, List.of("/usr/bin/tinyproxy", "-d", "-c", file.toString()));
  }

  /** Dante asks the system for passwords: its computer has a user of its own. */
  static Program dante(Place place) throws IOException {
    String hash = Command.run("openssl", "passwd", "-6", PASSWORD).strip();
    place.sysctl("net.ipv6.conf.all.disable_ipv6", "1"); // it cannot listen on link-local addresses, and gives up
    place.file("/etc/passwd",
        Files.readString(Path.of("/etc/passwd")) + USER + ":x:61234:61234::/nonexistent:/bin/false\n");
    place.file("/etc/shadow", Files.readString(Path.of("/etc/shadow")) + USER + ":" + hash + ":19000:0:99999:7:::\n");
    Path file = readable(place.folder().resolve("dante.conf"),
        "logoutput: stderr\ninternal: eth0 port = " + SOCKS
            + "\nexternal: eth0\nclientmethod: none\nsocksmethod: username\n"
            + "user.privileged: root\nuser.unprivileged: nobody\nclient pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }\n"
            + "socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }\n");
    return listening(place, SOCKS, List.of("/usr/sbin/danted", "-f", file.toString()));
  }

  static Program dnsmasq(Place place, String answers) throws IOException {
    return listening(place, 53,
        List.of("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--user=root", "--pid-file=",
            "--no-resolv", "--no-hosts", "--host-record=" + answers));
  }

  /** A web server with one file, at this address of the place: it would look for one itself in vain. */
  static Program webServer(Place place, String address, String name, String content) throws IOException {
    Path folder = Files.createDirectories(place.folder().resolve("web"));
    Files.writeString(folder.resolve(name), content);
    return listening(place, WEB,
        List.of(System.getProperty("java.home") + "/bin/jwebserver", "-b", address, "-p", "" + WEB, "-d",
            folder.toString()));
  }

  /** An FTP server whose directory {@code drop} is open to {@link #FTP_USER} with {@link #PASSWORD}. */
  static Program vsftpd(Place place) throws IOException {
    Path root = Files.createDirectories(place.folder().resolve("ftp"));
    Files.createDirectories(root.resolve("drop"));
    String transfers = FTP_TRANSFERS;
    Path file = readable(place.folder().resolve("vsftpd.conf"), String.join("\n", "listen=YES", "background=NO",
        "run_as_launching_user=YES", "anonymous_enable=YES", "local_enable=NO", "write_enable=YES", "anon_root=" + root,
        "anon_upload_enable=YES", "anon_mkdir_write_enable=YES", "anon_other_write_enable=YES",
        "anon_world_readable_only=NO", "allow_writeable_chroot=YES", "secure_email_list_enable=YES",
        "email_password_file=" + readable(place.folder().resolve("passwords"), PASSWORD + "\n"),
        "seccomp_sandbox=NO", "isolate=NO", "isolate_network=NO",
        "secure_chroot_dir=" + Files.createDirectories(place.folder().resolve("empty")),
        "pasv_min_port=" + transfers.substring(0, transfers.indexOf('-')),
        "pasv_max_port=" + transfers.substring(transfers.indexOf('-') + 1)) + "\n");
    return listening(place, FTP, List.of("/usr/sbin/vsftpd", file.toString()));
  }

  /** A program of ours in {@code dev.sallyport.testing.wall}. */
  static Program ours(Place place, int port, String program, String... arguments) throws IOException {
    return listening(place, port, java(program, arguments));
  }

  static List<String> java(String program, String... arguments) {
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path"),
        "dev.sallyport.testing.wall." + program));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Program listening(Place place, int port, List<String> command) throws IOException {
    Program program = place.start(Path.of(command.getFirst()).getFileName() + "-" + port, Map.of(), command);
    Await.until(command.getFirst() + " listens",
        () -> !place.run("ss", "-Hltun", "sport = :" + port).isBlank() || !program.alive(), program::said);
    if (!program.alive()) {
      throw new IOException(command + " ended:\n" + program.said());
    }
    return program;
  }

  private static Path readable(Path file, String content) throws IOException {
    return readable(Files.writeString(file, content));
  }

  private static Path readable(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
