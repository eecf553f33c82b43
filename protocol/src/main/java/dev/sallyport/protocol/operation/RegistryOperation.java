package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.registry.RegistryValue;

/**
 * The Windows registry. A key is a path from one of the roots, in short or in full ({@code HKLM}, {@code HKEY_LOCAL_MACHINE}), with
 * backslashes; a value has a name in its key, and the empty name is that of the key's default value.
 */
public sealed interface RegistryOperation extends Operation {
  /** Most characters of a key's path. */
  int MAX_KEY_LENGTH = 4096;

  /** Most characters of a value's name: what Windows allows. */
  int MAX_NAME_LENGTH = 16_383;

  /** Most names or values of a page. */
  int MAX_PAGE = 1000;

  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Keys.DESCRIPTION, Values.DESCRIPTION, Get.DESCRIPTION, Put.DESCRIPTION, Delete.DESCRIPTION,
        DeleteKey.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static RegistryOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Keys.NAME -> Keys.decode(arguments);
      case Values.NAME -> Values.decode(arguments);
      case Get.NAME -> Get.decode(arguments);
      case Put.NAME -> Put.decode(arguments);
      case Delete.NAME -> Delete.decode(arguments);
      case DeleteKey.NAME -> DeleteKey.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  /** Returns the key. */
  String key();

  private static OperationDescription looking(String name) {
    return OperationDescription.looking(name, ActionClass.READ).within(Duration.ofMinutes(2)).on(Platform.WINDOWS);
  }

  private static OperationDescription changing(String name) {
    return OperationDescription.changing(name, ActionClass.REGISTRY_SET).on(Platform.WINDOWS);
  }

  private static void requireKey(String key) {
    PlainText.requireNonEmpty("key", key, MAX_KEY_LENGTH);
    if (key.indexOf('"') >= 0 || key.endsWith("\\")) {
      throw new ProtocolException("key: must not hold a quotation mark nor end in a backslash");
    }
  }

  private static void requirePage(int from, int limit) {
    if (from < 0 || limit < 1 || limit > MAX_PAGE) {
      throw new ProtocolException("from and limit: expected at least 0, and 1 to " + MAX_PAGE);
    }
  }

  private static void requireName(String name) {
    PlainText.require("name", name, MAX_NAME_LENGTH);
  }

  private static String key(JsonObject arguments) {
    return arguments.string("key", MAX_KEY_LENGTH);
  }

  private static String valueName(JsonObject arguments) {
    return arguments.string("name", MAX_NAME_LENGTH);
  }

  private static int from(JsonObject arguments) {
    return (int) arguments.integer("from", 0, Integer.MAX_VALUE, 0);
  }

  private static int limit(JsonObject arguments) {
    return (int) arguments.integer("limit", 1, MAX_PAGE, MAX_PAGE);
  }

  private static JsonObject page(String key, int from, int limit) {
    return JsonObject.builder().put("key", key).put("from", from).put("limit", limit).build();
  }

  /** The names of the keys below a key, from a place in their order on. */
  record Keys(String key, int from, int limit) implements RegistryOperation {
    static final String NAME = "registry.keys";
    static final OperationDescription DESCRIPTION = looking(NAME);

    /** Checks. */
    public Keys {
      requireKey(key);
      requirePage(from, limit);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return page(key, from, limit);
    }

    static Keys decode(JsonObject arguments) {
      arguments.onlyFields("key", "from", "limit");
      return new Keys(RegistryOperation.key(arguments), RegistryOperation.from(arguments),
          RegistryOperation.limit(arguments));
    }
  }

  /** The values of a key, from a place in their order on. */
  record Values(String key, int from, int limit) implements RegistryOperation {
    static final String NAME = "registry.values";
    static final OperationDescription DESCRIPTION = looking(NAME);

    /** Checks. */
    public Values {
      requireKey(key);
      requirePage(from, limit);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return page(key, from, limit);
    }

    static Values decode(JsonObject arguments) {
      arguments.onlyFields("key", "from", "limit");
      return new Values(RegistryOperation.key(arguments), RegistryOperation.from(arguments),
          RegistryOperation.limit(arguments));
    }
  }

  /** One value of a key. */
  record Get(String key, String value) implements RegistryOperation {
    static final String NAME = "registry.get";
    static final OperationDescription DESCRIPTION = looking(NAME);

    /** Checks. */
    public Get {
      requireKey(key);
      requireName(value);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("key", key).put("name", value).build();
    }

    static Get decode(JsonObject arguments) {
      arguments.onlyFields("key", "name");
      return new Get(RegistryOperation.key(arguments), valueName(arguments));
    }
  }

  /** Gives a key a value, and makes the key if there is none. */
  record Put(String key, String value, RegistryValue data) implements RegistryOperation {
    static final String NAME = "registry.set";
    static final OperationDescription DESCRIPTION = changing(NAME);

    /** Checks. */
    public Put {
      requireKey(key);
      requireName(value);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return data.put(JsonObject.builder().put("key", key).put("name", value)).build();
    }

    static Put decode(JsonObject arguments) {
      arguments.onlyFields("key", "name", "type", "text", "texts", "number", "bytes");
      return new Put(RegistryOperation.key(arguments), valueName(arguments), RegistryValue.fromJson(arguments));
    }
  }

  /** Takes a value out of a key. */
  record Delete(String key, String value) implements RegistryOperation {
    static final String NAME = "registry.delete";
    static final OperationDescription DESCRIPTION = changing(NAME);

    /** Checks. */
    public Delete {
      requireKey(key);
      requireName(value);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("key", key).put("name", value).build();
    }

    static Delete decode(JsonObject arguments) {
      arguments.onlyFields("key", "name");
      return new Delete(RegistryOperation.key(arguments), valueName(arguments));
    }
  }

  /** Deletes a key with all that is below it. */
  record DeleteKey(String key) implements RegistryOperation {
    static final String NAME = "registry.delete-key";
    static final OperationDescription DESCRIPTION = changing(NAME);

    /** Checks. */
    public DeleteKey {
      requireKey(key);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("key", key).build();
    }

    static DeleteKey decode(JsonObject arguments) {
      arguments.onlyFields("key");
      return new DeleteKey(RegistryOperation.key(arguments));
    }
  }
}
