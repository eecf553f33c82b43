package dev.sallyport.server.app;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.gateway.FtpExchange;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.server.app.setting.FtpPlace;
import dev.sallyport.server.app.setting.Settings;
import dev.sallyport.server.app.setting.Settings.PublicAddress;
import dev.sallyport.server.key.FtpPassword;

/** The FTP servers of the settings: what the gateway does there, and what bundles say of them. */
final class FtpPlaces {
  private static final String USER = "agents";

  private final Settings settings;
  private final String password;

  /** The account's password is made when it is first needed, and kept: bundles have it. */
  FtpPlaces(Settings settings) {
    this.settings = settings;
    boolean builtIn = settings.ftp().stream().anyMatch(FtpPlace.BuiltIn.class::isInstance);
    this.password = builtIn ? FtpPassword.open(settings.keys()) : "";
  }

  List<FtpExchange> exchanges() {
    var exchanges = new ArrayList<FtpExchange>();
    for (FtpPlace place : settings.ftp()) {
      exchanges.add(switch (place) {
        case FtpPlace.BuiltIn own ->
          new FtpExchange.BuiltIn(new InetSocketAddress(settings.bind(), own.port()), own.passive(),
              settings.data().resolve("ftp"), USER, Bytes.of(password.getBytes(StandardCharsets.US_ASCII)), own.links(),
              own.bytes());
        case FtpPlace.Elsewhere other -> new FtpExchange.Elsewhere(other.address(), other.pins(), other.links());
      });
    }
    return exchanges;
  }

  /**
   * As they stand in bundles, passwords included.
   *
   * @param ports of our own, in their order
   */
  List<URI> addresses(PublicAddress here, List<Integer> ports) {
    var addresses = new ArrayList<URI>();
    for (int port : ports) {
      String place = USER + ":" + password + "@" + new PublicAddress(here.host(), port).text(port);
      addresses.add(URI.create("ftps://" + place));
      addresses.add(URI.create("ftp://" + place));
    }
    for (FtpPlace place : settings.ftp()) {
      if (place instanceof FtpPlace.Elsewhere other) {
        addresses.add(other.address());
      }
    }
    return addresses;
  }

  /** Certificates of others' servers. */
  List<Bytes> pins() {
    var pins = new ArrayList<Bytes>();
    for (FtpPlace place : settings.ftp()) {
      if (place instanceof FtpPlace.Elsewhere other) {
        pins.addAll(other.pins());
      }
    }
    return pins;
  }
}
