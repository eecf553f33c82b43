package dev.sallyport.server.audit;

import java.time.Instant;

import dev.sallyport.audit.EntryBundle;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Something that happened. Secrets, contents of files and typed passwords never are part of it; what is large is told by its SHA-256.
 *
 * @param type what, as {@code thing.verb}: {@code directive.given}
 * @param actor who
 * @param site the site's id; {@code ""} for the server as a whole
 * @param machine the machine's id; {@code ""} if it is about none, or about several
 * @param object what it was done to, by id or name; {@code ""} for nothing in particular
 * @param sha256 the object's content, in hexadecimal; {@code ""} if it has none
 * @param result {@code ok}, {@code refused}, {@code failed} or an outcome
 * @param details anything else
 */
public record AuditEvent(String type, Actor actor, String site, String machine, String object, String sha256,
    String result, JsonObject details) {
  /** What an event's result is when nothing is to be said of it. */
  public static final String OK = "ok";
  /** Somebody asked for what he may not have. */
  public static final String REFUSED = "refused";
  /** It was tried, and it went wrong. */
  public static final String FAILED = "failed";
  private static final int MAX_TEXT_LENGTH = 255;

  /**
   * Who did something.
   *
   * @param user the name of an account; {@code ""} for the server itself and for strangers
   * @param account its id
   * @param credential the id of the session or token it came with
   * @param address where it came from
   */
  public record Actor(String user, String account, String credential, String address) {
    /** The server itself, or nobody known. */
    public static final Actor NONE = new Actor("", "", "", "");

    /** Somebody who is only known by where he calls from. */
    public static Actor at(String address) {
      return new Actor("", "", "", address);
    }
  }

  /** An event of this type, with result {@link #OK} and nothing else. */
  public static AuditEvent of(String type) {
    return new AuditEvent(type, Actor.NONE, "", "", "", "", OK, JsonObject.EMPTY);
  }

  /** The same, done by this one. */
  public AuditEvent by(Actor other) {
    return new AuditEvent(type, other, site, machine, object, sha256, result, details);
  }

  /** The same, on this machine. */
  public AuditEvent on(String otherMachine) {
    return new AuditEvent(type, actor, site, otherMachine, object, sha256, result, details);
  }

  /** The same, in this site. */
  public AuditEvent in(String otherSite) {
    return new AuditEvent(type, actor, otherSite, machine, object, sha256, result, details);
  }

  /** The same, to this object. */
  public AuditEvent to(String otherObject) {
    return new AuditEvent(type, actor, site, machine, otherObject, sha256, result, details);
  }

  /** The same, with content of this SHA-256. */
  public AuditEvent digest(String hexadecimal) {
    return new AuditEvent(type, actor, site, machine, object, hexadecimal, result, details);
  }

  /** The same, with this result. */
  public AuditEvent result(String other) {
    return new AuditEvent(type, actor, site, machine, object, sha256, other, details);
  }

  /** The same, with these details. */
  public AuditEvent details(JsonObject other) {
    return new AuditEvent(type, actor, site, machine, object, sha256, result, other);
  }

  /** The line that is stored as entry {@code number}. Details that make it too long are left out, and that is told. */
  byte[] line(long number, Instant at) {
    byte[] line = json(number, at, details).bytes();
    return line.length <= EntryBundle.MAX_ENTRY_BYTES
        ? line
        : json(number, at, JsonObject.builder().put("cut", true).build()).bytes();
  }

  private JsonObject json(long number, Instant at, JsonObject told) {
    var json = JsonObject.builder().put("n", number).put("ts", at.toString()).put("type", type);
    var who = JsonObject.builder();
    put(who, "user", actor.user());
    put(who, "id", actor.account());
    put(who, "kid", actor.credential());
    put(who, "ip", actor.address());
    JsonObject known = who.build();
    if (known.size() > 0) {
      json.put("actor", known);
    }
    put(json, "site", site);
    put(json, "machine", machine);
    put(json, "obj", object);
    put(json, "objSha256", sha256);
    json.put("res", result);
    if (told.size() > 0) {
      json.put("det", told);
    }
    return json.build();
  }

  /** Names come from people and machines: whatever they hold, an entry stays one readable line. */
  private static void put(JsonObject.Builder json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, PlainText.clean(value, MAX_TEXT_LENGTH));
    }
  }
}
