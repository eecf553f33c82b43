package dev.sallyport.operation.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.note.Durably;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RegistryOperation;
import dev.sallyport.protocol.registry.RegistryValue;

/**
 * The family of operations on the registry.
 *
 * <p>Values are read from an export and written by an import, files in which nothing is lost and nothing has to be quoted for a command
 * line. Only the names of keys come from what the tool shows, since an export holds everything below a key.
 */
public final class RegistryOperations implements Primitive<RegistryOperation> {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Most bytes of what the tool shows of a key. */
  private static final int MAX_SHOWN_BYTES = 16 << 20;

  /** Most bytes of names or values in one answer, below what a result may have. */
  private static final int MAX_PAGE_BYTES = 200 << 10;

  private static final KeyPath CODE_PAGES = new KeyPath(
      "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage");
  private static final String CODE_PAGE = "OEMCP";

  private final SystemTool runner;
  private final RegTool tool;

  public RegistryOperations(SystemTool runner, RegTool tool) {
    this.runner = runner;
    this.tool = tool;
  }

  @Override
  public Ending run(RegistryOperation operation, OperationContext context) {
    KeyPath key = KeyPath.of(operation.key()).orElse(null);
    if (key == null) {
      return Ending.without(Outcome.FAILED,
          "the key must begin with HKLM, HKCU, HKCR, HKU or HKCC, and no name in it may be empty");
    }
    try {
      return switch (operation) {
        case RegistryOperation.Keys page -> keys(page, key, context);
        case RegistryOperation.Values page -> values(page, exported(key, context));
        case RegistryOperation.Get(String _, String name) -> get(name, exported(key, context));
        case RegistryOperation.Put(String _, String name, RegistryValue value) ->
          imported(RegFile.setting(key, name, value), context);
        case RegistryOperation.Delete(String _, String name) -> imported(RegFile.deleting(key, name), context);
        case RegistryOperation.DeleteKey _ -> key.isRoot()
            ? Ending.without(Outcome.REFUSED, "a root of the registry cannot be deleted")
            : imported(RegFile.deletingKey(key), context);
      };
    } catch (ToolFailure e) {
      return e.ending;
    } catch (IOException e) {
      return Ending.without(Outcome.FAILED, "the registry could not be reached: " + e.getMessage());
    }
  }

  private static Ending get(String name, Map<String, RegistryValue> values) {
    for (Map.Entry<String, RegistryValue> each : values.entrySet()) {
      if (each.getKey().equalsIgnoreCase(name)) {
        return Ending.found(each.getValue().put(JsonObject.builder().put("exists", true)).build());
      }
    }
    return Ending.found(JsonObject.builder().put("exists", false).build());
  }

  private static Ending values(RegistryOperation.Values page, Map<String, RegistryValue> values) {
    List<Json> all = new ArrayList<>();
    values.forEach((name, value) -> all.add(value.put(JsonObject.builder().put("name", name)).build()));
    return page("values", all, page.from(), page.limit());
  }

  private Ending keys(RegistryOperation.Keys page, KeyPath key, OperationContext context) throws ToolFailure {
    String shown = new String(tell(List.of("query", key.text()), context).output().toArray(), screen(context));
    List<Json> names = new ArrayList<>();
    for (String line : shown.lines().toList()) {
      key.child(line).ifPresent(name -> names.add(new JsonString(name)));
    }
    return page("keys", names, page.from(), page.limit());
  }

  private static Ending page(String what, List<Json> all, int from, int limit) {
    List<Json> page = new ArrayList<>();
    int bytes = 0;
    int at = from;
    while (at < all.size() && page.size() < limit) {
      bytes += all.get(at).bytes().length + 1;
      if (bytes > MAX_PAGE_BYTES) {
        break;
      }
      page.add(all.get(at));
      at++;
    }
    var value = JsonObject.builder().put(what, JsonArray.of(page));
    if (at < all.size()) {
      value.put("next", at);
    }
    return Ending.found(value.build());
  }

  /** What a screen of this machine is written in; letters it lacks are question marks there. */
  private Charset screen(OperationContext context) {
    try {
      String answer = new String(
          tell(List.of("query", CODE_PAGES.text(), "/v", CODE_PAGE), context).output().toArray(),
          StandardCharsets.US_ASCII);
      String page = answer.strip().substring(answer.strip().lastIndexOf(' ') + 1);
      return page.equals("65001") ? StandardCharsets.UTF_8 : Charset.forName("IBM" + page);
    } catch (ToolFailure | IllegalArgumentException e) {
      // Letters outside ASCII are then not sure; the names are told all the same.
      return StandardCharsets.ISO_8859_1;
    }
  }

  private Map<String, RegistryValue> exported(KeyPath key, OperationContext context) throws IOException, ToolFailure {
    Path file = scratch();
    try {
      tell(List.of("export", key.text(), tool.spell(file), "/y"), context);
      try (BufferedReader reader = new BufferedReader(new Utf16Reader(Files.newInputStream(file)))) {
        return RegFile.values(reader, key);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Ending imported(byte[] content, OperationContext context) throws IOException, ToolFailure {
    Path file = scratch();
    try {
      Files.write(file, content);
      tell(List.of("import", tool.spell(file)), context);
      return Ending.found(JsonObject.EMPTY);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Path scratch() throws IOException {
    if (!Files.isDirectory(tool.scratch())) {
      Files.createDirectories(tool.scratch(), Durably.ownerOnly("rwx------"));
    }
    return tool.scratch().resolve("registry-" + UUID.randomUUID() + ".reg");
  }

  private SystemTool.Answer.Ended tell(List<String> words, OperationContext context) throws ToolFailure {
    List<String> argv = new ArrayList<>(tool.command());
    argv.addAll(words);
    return switch (runner.run(argv, tool.environment(), LIMIT, MAX_SHOWN_BYTES, context)) {
      case SystemTool.Answer.Not(Ending ending) -> throw new ToolFailure(ending);
      case SystemTool.Answer.Ended ended -> {
        if (ended.code() != 0) {
          throw new ToolFailure(ended.failed("there is no such key, or the agent's account may not use it"));
        }
        yield ended;
      }
    };
  }

  /** The tool did not do it. */
  private static final class ToolFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Ending ending;

    ToolFailure(Ending ending) {
      super(ending.reason());
      this.ending = ending;
    }
  }
}
