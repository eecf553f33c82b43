package dev.sallyport.server.app.setting;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.protocol.Bytes;

/** Reads the settings of FTP servers. */
final class FtpSettingsReader {
  private static final int MAX_PORT = 65_535;
  private static final String PASSIVE = "40000-40099";
  private static final int SPACE_MIB = 512;
  private static final int MAX_SPACE_MIB = 1_000_000;
  private static final int LINKS = 500;
  private static final int MAX_LINKS = 100_000;
  private static final int BYTES_PER_MIB_BITS = 20;
  private static final int PIN_DIGITS = 64;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

  private final SettingsReader settings;

  FtpSettingsReader(SettingsReader settings) {
    this.settings = settings;
  }

  List<FtpPlace> read() {
    var places = new ArrayList<FtpPlace>();
    int links = number(Setting.FTP_LINKS, 1, MAX_LINKS, LINKS);
    long space = (long) number(Setting.FTP_SPACE, 1, MAX_SPACE_MIB, SPACE_MIB) << BYTES_PER_MIB_BITS;
    String passive = passive();
    if (settings.value(Setting.FTP_PORT).isPresent()) {
      places.add(new FtpPlace.BuiltIn(number(Setting.FTP_PORT, 0, MAX_PORT, 0), passive, space, links));
    }
    drop().ifPresent(address -> places.add(new FtpPlace.Elsewhere(address, pins(), links)));
    return places;
  }

  private int number(Setting setting, int least, int most, int otherwise) {
    String text = settings.value(setting).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.matches("\\d{1,7}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    settings.wrong(setting, "is not a number from " + least + " to " + most, "Correct it.");
    return otherwise;
  }

  private String passive() {
    String text = settings.value(Setting.FTP_PASSIVE_PORTS).orElse(PASSIVE);
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      int first = Integer.parseInt(range.group(1));
      int last = Integer.parseInt(range.group(2));
      if (first > 0 && first <= last && last <= MAX_PORT) {
        return text;
      }
    }
    settings.wrong(Setting.FTP_PASSIVE_PORTS, "is not a range of ports",
        "Give first-last, for example " + PASSIVE + ".");
    return PASSIVE;
  }

  private Optional<URI> drop() {
    Optional<String> text = settings.value(Setting.FTP_DROP);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var uri = new URI(text.get());
      boolean sound = Set.of("ftp", "ftps").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null
          && uri.getQuery() == null && uri.getFragment() == null && uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
      if (sound && uri.getRawUserInfo() != null && uri.getRawUserInfo().contains(":")) { // not repeated in the message
        settings
            .fault("The setting 'ftp-drop' holds a password, which would show in process lists. Put it into a file and "
                + "name the file with 'ftp-drop-password-file'.");
        return Optional.empty();
      }
      if (sound) {
        return Optional.of(withPassword(uri));
      }
    } catch (URISyntaxException _) {
      // said below, without the text: somebody may have put a password into it
    }
    settings.fault(
        "The setting 'ftp-drop' is not the address of an FTP server. Give ftps://user@host/directory, for example.");
    return Optional.empty();
  }

  private URI withPassword(URI uri) throws URISyntaxException {
    if (uri.getRawUserInfo() == null) {
      return uri;
    }
    String password = firstLine(settings.value(Setting.FTP_DROP_PASSWORD_FILE).orElse(""));
    String text = uri.toString();
    int at = text.indexOf('@');
    return new URI(text.substring(0, at) + ":" + encoded(password) + text.substring(at));
  }

  private String firstLine(String file) {
    if (!file.isEmpty()) {
      try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
        String line = reader.readLine();
        if (line != null) {
          return line;
        }
      } catch (IOException | InvalidPathException _) {
        // said below
      }
    }
    settings.fault(
        "The setting 'ftp-drop-password-file' names no file that can be read. Write the FTP user's password into a "
            + "file that only the server's user may read, and name it.");
    return "";
  }

  /** RFC 3986 section 2: all but unreserved characters. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private List<Bytes> pins() {
    String text = settings.value(Setting.FTP_DROP_PIN).orElse("").replace(":", "");
    if (text.isEmpty()) {
      return List.of();
    }
    try {
      if (text.length() == PIN_DIGITS) {
        return List.of(Bytes.of(HexFormat.of().parseHex(text)));
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    settings.wrong(Setting.FTP_DROP_PIN, "is not a SHA-256 fingerprint", "Give its 64 hexadecimal digits.");
    return List.of();
  }
}
