package dev.sallyport.transport.proxy.wpad;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Option 252, the address of a script, in what the DHCP clients of Linux write down: dhclient (also when NetworkManager runs it) and
 * systemd-networkd. What cannot be read says nothing.
 */
final class DhcpLeases {
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final int MAX_FILES = 32;
  private static final int MAX_ADDRESS_LENGTH = 1_024;
  private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  private final List<Path> ofDhclient;
  private final Path ofNetworkd;

  DhcpLeases(List<Path> ofDhclient, Path ofNetworkd) {
    this.ofDhclient = List.copyOf(ofDhclient);
    this.ofNetworkd = ofNetworkd;
  }

  static DhcpLeases ofThisMachine() {
    return new DhcpLeases(List.of(Path.of("/var/lib/dhcp"), Path.of("/var/lib/dhclient"),
        Path.of("/var/lib/NetworkManager")), Path.of("/run/systemd/netif/leases"));
  }

  /** The addresses in leases that hold now, as they were told. */
  List<String> scripts(Instant now) {
    var scripts = new ArrayList<String>();
    for (Path directory : ofDhclient) {
      for (String text : texts(directory, "*.{lease,leases}")) {
        String script = ofDhclient(text, now);
        if (!script.isEmpty()) {
          scripts.add(script);
        }
      }
    }
    for (String text : texts(ofNetworkd, "*")) {
      text.lines().filter(line -> line.startsWith("OPTION_252="))
          .map(line -> fromHex(line.substring(line.indexOf('=') + 1)))
          .filter(script -> !script.isEmpty()).forEach(scripts::add);
    }
    return scripts;
  }

  /** The file grows: of its leases the last one counts, unless it is over. */
  private static String ofDhclient(String text, Instant now) {
    int last = text.lastIndexOf("lease {");
    if (last < 0) {
      return "";
    }
    String script = "";
    for (String line : text.substring(last).lines().map(String::strip).toList()) {
      if (line.startsWith("option wpad ") || line.startsWith("option unknown-252 ")) {
        String value = line.substring(line.indexOf(' ', "option ".length()) + 1).replace(";", "");
        script = value.startsWith("\"")
            ? clean(value.replace("\"", "").replace("\\n", ""))
            : fromHex(value.replace(":", ""));
      } else if (line.startsWith("expire ") && isOver(line, now)) {
        return "";
      }
    }
    return script;
  }

  /** {@code expire 0 2026/11/22 10:00:00;} in UTC; a lease that never ends, or whose end cannot be read, holds. */
  private static boolean isOver(String line, Instant now) {
    String[] words = line.replace(";", "").split(" ", -1);
    if (words.length < 4) {
      return false;
    }
    try {
      return LocalDateTime.parse(words[2] + " " + words[3], EXPIRY).toInstant(ZoneOffset.UTC).isBefore(now);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String fromHex(String digits) {
    try {
      return digits.length() > 2 * MAX_ADDRESS_LENGTH
          ? ""
          : clean(new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Some servers end the address with a zero byte or a line break. */
  private static String clean(String address) {
    return address.replace("\0", "").strip();
  }

  private static List<String> texts(Path directory, String pattern) {
    var texts = new ArrayList<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
      for (Path file : files) {
        if (texts.size() < MAX_FILES && Files.isRegularFile(file)) {
          texts.add(text(file));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return texts; // no such client here, or not for this account
    }
    return texts;
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      return bytes.length > MAX_FILE_BYTES ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
