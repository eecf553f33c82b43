package dev.sallyport.protocol.library;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.ActionClass;
import dev.sallyport.protocol.operation.Platform;

/**
 * What a library says of itself, in the entry {@link #ENTRY} of its jar. It is believed only because the whole jar is signed.
 *
 * @param id of the library
 * @param version of the library
 * @param description for people, at most {@link #MAX_DESCRIPTION_LENGTH} characters
 * @param isolation where it runs; a native library only in a process of its own
 * @param code where its code is
 * @param functions what can be called, 1 to {@link #MAX_FUNCTIONS}, no name twice
 * @param platforms where it works
 * @param permissions the kinds of work it does, for the operator to know
 */
public record LibraryManifest(String id, LibraryVersion version, String description, Isolation isolation,
    LibraryCode code, List<LibraryFunction> functions, Set<Platform> platforms, Set<ActionClass> permissions) {
  /** The entry of the jar. */
  public static final String ENTRY = "META-INF/sallyport-library.json";

  /** The version of the interface between agent and library; another is refused. */
  public static final int API = 1;

  /** Most functions. */
  public static final int MAX_FUNCTIONS = 256;

  /** Most characters of the description. */
  public static final int MAX_DESCRIPTION_LENGTH = 1000;

  /** Most bytes of the entry: 256 KiB. */
  public static final int MAX_BYTES = 256 << 10;

  private static final int MAX_WORD_LENGTH = 32;
  private static final JsonLimits LIMITS = JsonLimits.ofBytes(MAX_BYTES);

  /** Copies and checks. */
  public LibraryManifest {
    LibraryId.require("id", id);
    PlainText.requireNonEmpty("description", description, MAX_DESCRIPTION_LENGTH);
    if (functions.isEmpty() || functions.size() > MAX_FUNCTIONS) {
      throw new ProtocolException("functions: expected 1 to " + MAX_FUNCTIONS);
    }
    if (platforms.isEmpty()) {
      throw new ProtocolException("platforms: expected at least one");
    }
    boolean inJava = code instanceof LibraryCode.Main;
    if (!inJava && isolation != Isolation.PROCESS) {
      throw new ProtocolException("isolation: a native library runs in a process of its own, expected process");
    }
    Set<String> names = new HashSet<>();
    for (LibraryFunction function : functions) {
      if (!names.add(function.name())) {
        throw new ProtocolException("function " + function.name() + " twice");
      }
      if (inJava ? !function.symbol().isEmpty() : !function.isNative()) {
        throw new ProtocolException("function " + function.name()
            + ": a native function has a symbol and the types text, int, long, double, none; others have no symbol");
      }
    }
    functions = List.copyOf(functions);
    platforms = Collections.unmodifiableSet(EnumSet.copyOf(platforms));
    permissions = Set.copyOf(permissions);
  }

  /** Returns the function of this name, if there is one. */
  public Optional<LibraryFunction> function(String name) {
    for (LibraryFunction function : functions) {
      if (function.name().equals(name)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /** Returns the form it has in the jar. */
  public JsonObject toJson() {
    List<Json> all = new ArrayList<>();
    for (LibraryFunction function : functions) {
      all.add(function.toJson());
    }
    List<String> rights = permissions.stream().sorted().map(ActionClass::word).toList();
    return code.put(JsonObject.builder().put("api", API).put("id", id).put("version", version.toString())
        .put("description", description).put("isolation", isolation.word()))
        .putStrings("platforms", LibraryStatement.words(platforms)).putStrings("permissions", rights)
        .put("functions", JsonArray.of(all)).build();
  }

  /**
   * Reads the entry of a jar.
   *
   * @throws ProtocolException if it is anything else
   */
  public static LibraryManifest decode(byte[] entry) {
    JsonObject json = Json.parseObject(entry, LIMITS);
    json.onlyFields("api", "id", "version", "description", "isolation", "main", "native", "platforms", "permissions",
        "functions");
    json.integer("api", API, API);
    List<LibraryFunction> functions = new ArrayList<>();
    for (JsonObject function : json.objects("functions", MAX_FUNCTIONS)) {
      functions.add(LibraryFunction.fromJson(function));
    }
    Set<ActionClass> permissions = EnumSet.noneOf(ActionClass.class);
    for (String word : json.strings("permissions", ActionClass.values().length, MAX_WORD_LENGTH)) {
      permissions.add(ActionClass.ofWord(word));
    }
    return new LibraryManifest(json.string("id", LibraryId.MAX_LENGTH),
        LibraryVersion.of(json.string("version", LibraryVersion.MAX_LENGTH)),
        json.string("description", MAX_DESCRIPTION_LENGTH),
        Isolation.ofWord(json.string("isolation", Isolation.MAX_WORD_LENGTH)), LibraryCode.fromJson(json), functions,
        LibraryStatement.platforms(json), permissions);
  }
}
