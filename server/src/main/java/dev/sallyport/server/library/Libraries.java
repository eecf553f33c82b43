package dev.sallyport.server.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.Ed25519;
import dev.sallyport.protocol.library.LibraryId;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.protocol.library.LibraryTrust;
import dev.sallyport.protocol.library.LibraryVersion;
import dev.sallyport.server.site.BundleSource;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All libraries, and what agents are told about them. Each change makes a new statement, signed by the installer key that every agent has known
 * since its enrolment; its serial is the time, so that it also rises when the database was restored from a backup.
 */
final class Libraries {
  private static final int MAX_KEY_NAME_LENGTH = 64;

  private final Store store;
  private final JarFiles files;
  private final BundleSource identity;
  private final InstantSource clock;

  Libraries(Store store, JarFiles files, BundleSource identity, InstantSource clock) {
    this.store = store;
    this.files = files;
    this.identity = identity;
    this.clock = clock;
  }

  /** Makes the directory, and the first statement if there is none. */
  void open() throws IOException {
    files.open();
    store.write(sql -> {
      var table = new LibraryTable(sql);
      if (table.trust().isEmpty()) {
        tell(table);
      }
      return null;
    });
  }

  /** The key of this server, by which libraries that come with it are signed. */
  Bytes ownKey() {
    return Ed25519.raw(identity.installerKey().getPublic());
  }

  private LibraryTrust trust(LibraryTable table, long serial) {
    var keys = new ArrayList<Bytes>();
    keys.add(ownKey());
    table.keys().forEach(key -> keys.add(key.key()));
    Map<String, LibraryVersion> floors = table.floors();
    List<Bytes> withdrawn = table.all().stream().filter(StoredLibrary::withdrawn)
        .filter(library -> !isBelow(library.statement(), floors)).map(StoredLibrary::jar).toList();
    return new LibraryTrust(serial, keys, floors, withdrawn);
  }

  private static boolean isBelow(LibraryStatement statement, Map<String, LibraryVersion> floors) {
    LibraryVersion floor = floors.get(statement.id());
    return floor != null && statement.version().compareTo(floor) < 0;
  }

  private void tell(LibraryTable table) {
    LibraryTrust trust = trust(table, Math.max(table.serial() + 1, clock.millis()));
    table.setTrust(trust, Bytes.of(trust.sign(identity.installerKey()).encode()));
  }

  /** What agents are told, signed. */
  Bytes trust() {
    return store.read(sql -> new LibraryTable(sql).trust()).orElseThrow();
  }

  /**
   * Adds a version.
   *
   * @param envelope its signed statement
   * @param jar read to its end
   * @throws ProblemException if it is not to be believed, no library, or another of this version is there
   */
  StoredLibrary add(Bytes envelope, InputStream jar, String account) {
    try {
      LibraryStatement statement = store.read(sql -> trust(new LibraryTable(sql), 1)).admit(envelope);
      refuseTaken(statement);
      LibraryManifest manifest = files.store(statement, jar);
      var library = new StoredLibrary(statement, envelope, manifest, clock.instant().truncatedTo(ChronoUnit.MILLIS),
          account, false);
      return store.write(sql -> insert(new LibraryTable(sql), library));
    } catch (ProtocolException e) {
      throw new ProblemException(Problem.invalidField("library", "This library is refused: " + e.getMessage() + ".",
          "Sign the jar with a key that `sallyport library keys` lists, and send both unchanged."));
    } catch (IOException e) {
      throw new UncheckedIOException("a library could not be stored", e);
    }
  }

  private static StoredLibrary insert(LibraryTable table, StoredLibrary library) {
    Optional<StoredLibrary> before = table.find(library.id(), library.statement().version());
    if (before.isPresent()) {
      return before.get();
    }
    table.insert(library);
    return library;
  }

  /** A version means one jar for ever: who has called it knows what was called. */
  private void refuseTaken(LibraryStatement statement) {
    Optional<StoredLibrary> before = store.read(
        sql -> new LibraryTable(sql).find(statement.id(), statement.version()));
    if (before.isPresent() && !before.get().jar().equals(statement.sha256())) {
      throw new ProblemException(Problem.conflict("version-taken", "There is another jar of this version.",
          "Give the library a higher version."));
    }
  }

  /** All versions, by library, newest first. */
  List<StoredLibrary> all() {
    return store.read(sql -> new LibraryTable(sql).all()).stream().sorted(Comparator.comparing(StoredLibrary::id)
        .thenComparing(library -> library.statement().version(), Comparator.reverseOrder())).toList();
  }

  /** The oldest versions that agents may load. */
  Map<String, LibraryVersion> floors() {
    return store.read(sql -> new LibraryTable(sql).floors());
  }

  /** The newest version that may be called. */
  Optional<StoredLibrary> newest(String id) {
    Map<String, LibraryVersion> floors = floors();
    return all().stream().filter(library -> library.id().equals(id) && !library.withdrawn())
        .filter(library -> !isBelow(library.statement(), floors)).findFirst();
  }

  Optional<StoredLibrary> find(Bytes jar) {
    return store.read(sql -> new LibraryTable(sql).find(jar));
  }

  Optional<StoredLibrary> find(String id, LibraryVersion version) {
    return store.read(sql -> new LibraryTable(sql).find(id, version));
  }

  JarFiles files() {
    return files;
  }

  /** Has no agent load this version again. */
  void withdraw(StoredLibrary library) {
    change(table -> table.withdraw(library.jar()));
  }

  /** Has no agent load an older version than this; a floor never falls. */
  void raiseFloor(String id, LibraryVersion version) {
    LibraryId.require("id", id);
    change(table -> {
      LibraryVersion before = table.floors().get(id);
      if (before != null && version.compareTo(before) < 0) {
        throw new ProblemException(Problem.conflict("floor-falls", "The oldest version is " + before + " already.",
            "Give a newer version; agents forget no floor."));
      }
      table.setFloor(id, version);
    });
  }

  List<LibraryKey> keys() {
    return store.read(sql -> new LibraryTable(sql).keys());
  }

  /** Believes what this key signs from now on. */
  LibraryKey addKey(String name, Bytes key, String account) {
    PlainText.requireNonEmpty("name", name, MAX_KEY_NAME_LENGTH);
    var publicKey = Ed25519.publicKey(key);
    var added = new LibraryKey(name, Ed25519.raw(publicKey), clock.instant().truncatedTo(ChronoUnit.MILLIS), account);
    change(table -> {
      if (table.keys().stream().anyMatch(other -> other.name().equals(name) || other.key().equals(added.key()))) {
        throw new ProblemException(Problem.conflict("key-taken", "There is a key of this name, or this key.",
            "Choose another name, or remove the old one first."));
      }
      table.insert(added);
    });
    return added;
  }

  /** Believes a key no more; what it has signed is not loaded any more. False if there is none of this name. */
  boolean removeKey(String name) {
    return store.write(sql -> {
      var table = new LibraryTable(sql);
      boolean removed = table.deleteKey(name);
      tell(table);
      return removed;
    });
  }

  /** A change of what agents are told. */
  private interface Change {
    void make(LibraryTable table);
  }

  private void change(Change change) {
    store.write((JdbcClient sql) -> {
      var table = new LibraryTable(sql);
      change.make(table);
      try {
        tell(table);
      } catch (ProtocolException e) {
        throw new ProblemException(Problem.conflict("too-many", "This is more than agents can be told: "
            + e.getMessage() + ".", "Raise floors instead of withdrawing single versions, or remove keys."));
      }
      return null;
    });
  }
}
