package dev.sallyport.server.library;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.library.LibraryId;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.protocol.library.LibraryVersion;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/libraries} and {@code /api/v1/library-keys}. Functions are called by the action {@code library-call}. */
@RestController
public final class LibraryController {
  private static final int MAX_KEY_NAME_LENGTH = 64;

  private final Libraries libraries;

  LibraryController(Libraries libraries) {
    this.libraries = libraries;
  }

  record Listed(List<LibraryView> libraries, Map<String, String> floors) {}

  record Floor(String id, String version) {}

  record Keys(String own, List<KeyView> keys) {}

  record KeyView(String name, String key, Instant added, String addedBy) {
    static KeyView of(LibraryKey key) {
      return new KeyView(key.name(), key.key().base64Url(), key.added(), key.addedBy());
    }
  }

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/libraries")
  Listed list() {
    var floors = new TreeMap<String, String>();
    libraries.floors().forEach((id, version) -> floors.put(id, version.toString()));
    return new Listed(libraries.all().stream().map(LibraryView::of).toList(), floors);
  }

  /** Takes the length of the signed statement (4 bytes, big-endian), the statement, and the jar. */
  @Requires(ActionClass.PLUGIN)
  @PostMapping("/api/v1/libraries")
  @ResponseStatus(HttpStatus.CREATED)
  LibraryView add(HttpServletRequest request, Operator operator) throws IOException {
    var body = new DataInputStream(request.getInputStream());
    return LibraryView.of(libraries.add(envelope(body), body, operator.name()));
  }

  private static Bytes envelope(DataInputStream body) throws IOException {
    try {
      int length = body.readInt();
      if (length > 0 && length <= LibraryStatement.MAX_ENVELOPE_BYTES) {
        byte[] envelope = new byte[length];
        body.readFully(envelope);
        return Bytes.of(envelope);
      }
    } catch (EOFException e) {
      throw noLibrary();
    }
    throw noLibrary();
  }

  private static ProblemException noLibrary() {
    return new ProblemException(Problem.invalidField("library",
        "The body does not begin with a signed statement of at most " + LibraryStatement.MAX_ENVELOPE_BYTES
            + " bytes and its length.",
        "Send length (4 bytes), statement and jar, or use `sallyport library add`."));
  }

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/libraries/{id}/{version}")
  LibraryView show(@PathVariable String id, @PathVariable String version) {
    return LibraryView.of(find(id, version));
  }

  /** Tells agents to load this version no more; it stays listed. */
  @Requires(ActionClass.PLUGIN)
  @DeleteMapping("/api/v1/libraries/{id}/{version}")
  LibraryView withdraw(@PathVariable String id, @PathVariable String version) {
    libraries.withdraw(find(id, version));
    return LibraryView.of(find(id, version));
  }

  /** Tells agents to load nothing older; a floor never falls. */
  @Requires(ActionClass.PLUGIN)
  @PutMapping("/api/v1/libraries/{id}/floor")
  Floor raiseFloor(@PathVariable String id, @RequestBody ObjectNode body) {
    return JsonBody.read(body, json -> {
      json.onlyFields("version");
      LibraryVersion version = LibraryVersion.of(json.string("version", LibraryVersion.MAX_LENGTH));
      libraries.raiseFloor(LibraryId.require("id", id), version);
      return new Floor(id, version.toString());
    });
  }

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/library-keys")
  Keys keys() {
    return new Keys(libraries.ownKey().base64Url(), libraries.keys().stream().map(KeyView::of).toList());
  }

  /** Whoever has such a key decides what runs on every machine: only owners add one. */
  @Requires(ActionClass.ACCESS)
  @PostMapping("/api/v1/library-keys")
  @ResponseStatus(HttpStatus.CREATED)
  KeyView addKey(@RequestBody ObjectNode body, Operator operator) {
    return JsonBody.read(body, json -> {
      json.onlyFields("name", "key");
      return KeyView.of(libraries.addKey(json.string("name", MAX_KEY_NAME_LENGTH),
          Bytes.of(json.bytes("key", 32, 32)), operator.name()));
    });
  }

  @Requires(ActionClass.ACCESS)
  @DeleteMapping("/api/v1/library-keys/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void removeKey(@PathVariable String name) {
    if (!libraries.removeKey(name)) {
      throw new ProblemException(Problem.notFound("There is no key of this name."));
    }
  }

  private StoredLibrary find(String id, String version) {
    LibraryVersion wanted = JsonBody.checked("version", () -> LibraryVersion.of(version));
    return libraries.find(id, wanted)
        .orElseThrow(
            () -> new ProblemException(Problem.notFound("There is no such library, or none of this version.")));
  }
}
