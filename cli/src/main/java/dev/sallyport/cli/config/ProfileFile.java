package dev.sallyport.cli.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import dev.sallyport.cli.api.Trust;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * The remembered log-in: {@code login.json} below {@code $XDG_CONFIG_HOME/sallyport} (by default {@code ~/.config/sallyport}),
 * readable by its owner only. {@code SALLYPORT_SERVER}, {@code SALLYPORT_TOKEN} and {@code SALLYPORT_PIN} go before it.
 */
public final class ProfileFile {
  private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 4);

  private final Map<String, String> environment;
  private final Path file;

  public ProfileFile(Map<String, String> environment) {
    this.environment = environment;
    String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")));
    this.file = (base.isEmpty() ? home.resolve(".config") : Path.of(base)).resolve("sallyport").resolve("login.json");
  }

  /** The log-in to use now; {@link NotLoggedInException} without one. */
  public Profile load() {
    String server = environment.getOrDefault("SALLYPORT_SERVER", "");
    String token = environment.getOrDefault("SALLYPORT_TOKEN", "");
    String pin = environment.getOrDefault("SALLYPORT_PIN", "");
    if (!server.isEmpty() && !token.isEmpty()) {
      return new Profile(uri(server), trust(pin), token);
    }
    try {
      var stored = (JsonObject) Json.parse(Files.readAllBytes(file), LIMITS);
      return new Profile(uri(stored.string("server")), trust(stored.string("pin", "")), stored.string("token"));
    } catch (NoSuchFileException _) {
      throw new NotLoggedInException("not logged in: run `sallyport login https://SERVER` first");
    } catch (IOException e) {
      throw new UncheckedIOException("the log-in in " + file + " cannot be read", e);
    } catch (ProtocolException | ClassCastException _) {
      throw new NotLoggedInException(
          "the log-in in " + file + " is damaged: delete it and run `sallyport login https://SERVER`");
    }
  }

  /** Remembers {@code profile}; the file appears whole or not at all. */
  public void save(Profile profile) {
    String pin = switch (profile.trust()) {
      case Trust.Pinned(String sha256) -> sha256;
      case Trust.Authorities _ -> "";
    };
    byte[] json = JsonObject.builder().put("server", profile.server().toString()).put("pin", pin)
        .put("token", profile.token()).build().bytes();
    try {
      Path directory = file.getParent();
      Files.createDirectories(directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path temporary = Files.createTempFile(directory, "login", ".tmp",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(temporary, json);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the log-in cannot be kept in " + file, e);
    }
  }

  /** Forgets the log-in; nothing happens when there is none. */
  public void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the log-in in " + file + " cannot be deleted", e);
    }
  }

  /** The server's address from what a person types: a scheme is added, a path is refused. */
  public static URI uri(String typed) {
    URI uri = URI.create(typed.contains("://") ? typed : "https://" + typed);
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null
        || !(uri.getPath().isEmpty() || uri.getPath().equals("/"))) {
      throw new IllegalArgumentException(
          "'" + typed + "' is not the address of a server; write https://HOST or https://HOST:PORT");
    }
    return URI.create("https://" + uri.getRawAuthority());
  }

  private static Trust trust(String pin) {
    return pin.isEmpty() ? new Trust.Authorities() : new Trust.Pinned(pin);
  }
}
