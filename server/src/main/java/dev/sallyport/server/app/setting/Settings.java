package dev.sallyport.server.app.setting;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.sallyport.server.store.Database;

/**
 * The server's settings, checked.
 *
 * @param data where everything is kept
 * @param keys where the key files lie
 * @param bind the address to listen on; the wildcard address for all
 * @param port the public port; 0 for any free one
 * @param plainPorts ports without TLS, for agents only; empty if there are none
 * @param publicAddress where agents and browsers reach this server
 * @param database which database the store lives in
 * @param certificate the TLS certificate
 * @param ftp FTP servers that agents may leave files on; empty if there are none
 */
public record Settings(Path data, Path keys, InetAddress bind, int port, List<Integer> plainPorts,
    PublicAddress publicAddress, Database database, Certificate certificate, List<FtpPlace> ftp) {

  /** Keeps copies of the lists. */
  public Settings {
    plainPorts = List.copyOf(plainPorts);
    ftp = List.copyOf(ftp);
  }

  /**
   * A host and a port as they stand in addresses.
   *
   * @param host a name or an address literal, IPv6 without brackets
   * @param port 0 if it is the port listened on, whichever that turns out to be
   */
  public record PublicAddress(String host, int port) {

    /** {@code host:port}, with brackets where an IPv6 address needs them. */
    public String text(int listeningPort) {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + (port == 0 ? listeningPort : port);
    }
  }

  /** The TLS certificate. */
  public sealed interface Certificate {

    /** Made by the server itself; agents and command lines pin it. */
    record SelfMade() implements Certificate {}

    /**
     * The operator's own.
     *
     * @param chain PEM, the leaf first
     * @param key PEM, PKCS#8
     */
    record Files(Path chain, Path key) implements Certificate {}
  }

  /**
   * Reads the settings: an argument counts before the environment, the environment before the file
   * {@code sallyport.properties} in the data directory.
   *
   * @throws SettingsException with every fault there is
   */
  public static Settings read(String[] arguments, Map<String, String> environment) throws SettingsException {
    return new SettingsReader(arguments, environment).read();
  }

  /** The help text's list of settings. */
  public static String help() {
    var text = new StringBuilder();
    for (Setting setting : Setting.values()) {
      text.append(setting.help()).append('\n');
    }
    return text.toString();
  }
}
