package dev.sallyport.protocol.json;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with the order of its members kept.
 *
 * <p>The typed accessors are the reader of the protocol: each throws a {@link ProtocolException} that names the field
 * with its path, what was expected and the limit. An accessor with a default returns it when the field is absent; {@code
 * null} is a value and never counts as absent. A reader that ends with {@link #onlyFields} takes nothing it does not
 * understand.
 */
public final class JsonObject implements Json {
  /** The object without members. */
  public static final JsonObject EMPTY = new JsonObject(Members.NONE, JsonPath.ROOT);

  /** Most UTF-16 units of a string when an accessor is given no limit of its own. */
  public static final int DEFAULT_MAX_LENGTH = 4096;

  /** Last instant that is read, 9999-12-31T23:59:59.999Z: what ISO 8601 can write with four digits. */
  public static final Instant MAX_INSTANT = Instant.ofEpochMilli(253_402_300_799_999L);

  private final Members members;
  private final JsonPath path;

  private JsonObject(Members members, JsonPath path) {
    this.members = members;
    this.path = path;
  }

  /** Returns a builder without members. */
  public static Builder builder() {
    return new Builder();
  }

  /** Takes the members a parser has collected. */
  static JsonObject adopt(Members members) {
    return members.size() == 0 ? EMPTY : new JsonObject(members, JsonPath.ROOT);
  }

  JsonObject at(JsonPath place) {
    return new JsonObject(members, place);
  }

  /** Returns how many members there are. */
  public int size() {
    return members.size();
  }

  /** Returns the names in their order. */
  public List<String> names() {
    return members.names();
  }

  /** Returns whether the member is there, even if it is {@code null}. */
  public boolean has(String name) {
    return members.get(name) != null;
  }

  /** Returns whether the member is absent or {@code null}. */
  public boolean isNone(String name) {
    Json value = members.get(name);
    return value == null || value == JsonNull.NULL;
  }

  /**
   * Refuses every member that is not named here.
   *
   * @return this object
   */
  public JsonObject onlyFields(String... allowed) {
    List<String> known = Arrays.asList(allowed);
    for (int i = 0; i < members.size(); i++) {
      if (!known.contains(members.name(i))) {
        throw path.field(members.name(i)).refused("unknown, allowed here: " + String.join(", ", allowed));
      }
    }
    return this;
  }

  /** Returns a member of any type. */
  public Json get(String name) {
    return require(name, "a value");
  }

  /** Returns a string of at most {@link #DEFAULT_MAX_LENGTH} UTF-16 units. */
  public String string(String name) {
    return string(name, DEFAULT_MAX_LENGTH);
  }

  /** Returns a string of at most this many UTF-16 units. */
  public String string(String name, int maxLength) {
    Json value = require(name, "a string");
    if (value instanceof JsonString(String text) && text.length() <= maxLength) {
      return text;
    }
    throw path.field(name).expected("a string of at most " + maxLength + " characters", value);
  }

  /** Returns a string, or the default if the field is absent. */
  public String string(String name, String absent) {
    return has(name) ? string(name) : absent;
  }

  /** Returns a string of at most this many UTF-16 units, or the default if the field is absent. */
  public String string(String name, String absent, int maxLength) {
    return has(name) ? string(name, maxLength) : absent;
  }

  /** Returns a whole number between two bounds, both included. */
  public long integer(String name, long min, long max) {
    Json value = require(name, "a whole number");
    if (value instanceof JsonNumber.Whole(long number) && number >= min && number <= max) {
      return number;
    }
    throw path.field(name).expected("a whole number from " + min + " to " + max, value);
  }

  /** Returns a whole number between two bounds, or the default if the field is absent. */
  public long integer(String name, long min, long max, long absent) {
    return has(name) ? integer(name, min, max) : absent;
  }

  /** Returns a number between two bounds, both included. */
  public double real(String name, double min, double max) {
    Json value = require(name, "a number");
    if (value instanceof JsonNumber number && number.asDouble() >= min && number.asDouble() <= max) {
      return number.asDouble();
    }
    throw path.field(name).expected("a number from " + min + " to " + max, value);
  }

  /** Returns a truth value. */
  public boolean bool(String name) {
    Json value = require(name, "true or false");
    if (value instanceof JsonBool bool) {
      return bool.value();
    }
    throw path.field(name).expected("true or false", value);
  }

  /** Returns a truth value, or the default if the field is absent. */
  public boolean bool(String name, boolean absent) {
    return has(name) ? bool(name) : absent;
  }

  /** Returns an instant that is written as milliseconds since 1970, from there to {@link #MAX_INSTANT}. */
  public Instant instant(String name) {
    return Instant.ofEpochMilli(integer(name, 0, MAX_INSTANT.toEpochMilli()));
  }

  /** Returns the bytes of a {@link Base64Url} string. */
  public byte[] bytes(String name, int minLength, int maxLength) {
    String text = string(name, Base64Url.encodedLength(maxLength));
    byte[] bytes;
    try {
      bytes = Base64Url.decode(text);
    } catch (ProtocolException _) {
      throw path.field(name).refused("expected base64url text without padding");
    }
    if (bytes.length < minLength || bytes.length > maxLength) {
      String expected = minLength == maxLength ? "" + minLength : minLength + " to " + maxLength;
      throw path.field(name).refused("expected " + expected + " bytes, found " + bytes.length);
    }
    return bytes;
  }

  /** Returns an object that knows its place. */
  public JsonObject object(String name) {
    Json value = require(name, "an object");
    if (value instanceof JsonObject object) {
      return object.at(path.field(name));
    }
    throw path.field(name).expected("an object", value);
  }

  /** Returns an object, or one without members if the field is absent. */
  public JsonObject objectOrEmpty(String name) {
    return has(name) ? object(name) : EMPTY;
  }

  /** Returns an array that knows its place. */
  public JsonArray array(String name) {
    Json value = require(name, "an array");
    if (value instanceof JsonArray array) {
      return array.at(path.field(name));
    }
    throw path.field(name).expected("an array", value);
  }

  /** Returns an array of strings, each of at most so many UTF-16 units. */
  public List<String> strings(String name, int maxItems, int maxLength) {
    return array(name).strings(maxItems, maxLength);
  }

  /** Returns an array of objects. */
  public List<JsonObject> objects(String name, int maxItems) {
    return array(name).objects(maxItems);
  }

  /** Returns a refusal that names a field of this object, for readers with rules of their own. */
  public ProtocolException refused(String name, String why) {
    return path.field(name).refused(why);
  }

  private Json require(String name, String what) {
    Json value = members.get(name);
    if (value == null) {
      throw path.field(name).missing(what);
    }
    return value;
  }

  @Override
  public void write(JsonWriter out) {
    out.open('{');
    for (int i = 0; i < members.size(); i++) {
      if (i > 0) {
        out.ascii(',');
      }
      out.string(members.name(i));
      out.ascii(':');
      members.value(i).write(out);
    }
    out.close('}');
  }

  /** Objects are equal if they have equal members, in whatever order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject object && members.equals(object.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return "JsonObject[" + members.size() + " members]";
  }

  /** Collects members; not for use by several threads. A name that is put twice is a mistake of the caller. */
  public static final class Builder {
    private Members members = new Members();

    private Builder() {
    }

    /** Puts a value of any type. */
    public Builder put(String name, Json value) {
      if (!members.add(Unicode.requirePaired(name), value)) {
        throw new IllegalArgumentException("member put twice: " + JsonPath.shown(name));
      }
      return this;
    }

    /** Puts a string. */
    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    /** Puts a whole number. */
    public Builder put(String name, long value) {
      return put(name, new JsonNumber.Whole(value));
    }

    /** Puts a truth value. */
    public Builder put(String name, boolean value) {
      return put(name, JsonBool.of(value));
    }

    /** Puts a finite number that may have a fraction. */
    public Builder putReal(String name, double value) {
      return put(name, new JsonNumber.Real(value));
    }

    /** Puts an instant as milliseconds since 1970. */
    public Builder put(String name, Instant value) {
      return put(name, value.toEpochMilli());
    }

    /** Puts bytes as {@link Base64Url}. */
    public Builder putBytes(String name, byte[] value) {
      return put(name, new JsonString(Base64Url.encode(value)));
    }

    /** Puts an array of strings. */
    public Builder putStrings(String name, Iterable<String> values) {
      return put(name, JsonArray.ofStrings(values));
    }

    /** Returns the object; the builder starts again without members. */
    public JsonObject build() {
      Members built = members;
      members = new Members();
      return adopt(built);
    }
  }
}
