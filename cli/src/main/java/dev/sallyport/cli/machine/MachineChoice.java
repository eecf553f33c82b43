package dev.sallyport.cli.machine;

import java.util.List;
import java.util.stream.Collectors;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Machines as people say which they mean: by a pattern of names, by an id, or by the beginning of an id. What reads like an id is taken
 * for a name first, unless {@code id:} stands before it.
 */
public final class MachineChoice {
  /** How to say it, for the help of commands. */
  public static final String HELP = "by name, by id, or by the beginning of an id (id:4f2a91c0)";

  private static final String ID_MARK = "id:";
  private static final String ID_ALPHABET = "0123456789abcdef-";
  private static final int ID_LENGTH = 36;
  /** Characters that are enough of an id where {@code id:} stands before them. */
  private static final int MIN_MARKED = 4;
  /** Characters that are enough of an id where nothing stands before them; as many as tables show at least. */
  static final int MIN_PLAIN = 8;
  /** Machines told of when too many fit. */
  private static final int MAX_TOLD = 20;

  private MachineChoice() {
  }

  /** Whether this names a machine by its id, whatever the machines are called. */
  public static boolean isMarkedId(String text) {
    return text.startsWith(ID_MARK) || (text.length() == ID_LENGTH && isId(text, ID_LENGTH));
  }

  /** The machines of such a name, or the one with this id; none if none fits. */
  public static List<JsonObject> matching(ApiClient client, String text) {
    if (text.startsWith(ID_MARK)) {
      String id = text.substring(ID_MARK.length());
      if (!isId(id, MIN_MARKED)) {
        throw new IllegalArgumentException("'" + text + "' is not an id: after id: stand at least " + MIN_MARKED
            + " of its characters, which are digits, a to f and dashes");
      }
      return byId(client, id);
    }
    if (text.length() == ID_LENGTH && isId(text, ID_LENGTH)) {
      return byId(client, text);
    }
    List<JsonObject> named = Machines.matching(client, text, "");
    return named.isEmpty() && isId(text, MIN_PLAIN) ? byId(client, text) : named;
  }

  /** The one machine that is meant; {@link IllegalArgumentException} if none or several may be. */
  public static JsonObject one(ApiClient client, String text) {
    List<JsonObject> found = matching(client, text);
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no machine matches '" + text + "'; `sallyport machines` lists them");
    }
    return single(found, text);
  }

  /** How many characters tell these machines' ids apart, at least eight. */
  static int distinctLength(List<JsonObject> machines) {
    int length = MIN_PLAIN;
    while (length < ID_LENGTH) {
      int characters = length;
      long different = machines.stream().map(machine -> start(machine, characters)).distinct().count();
      if (different == machines.size()) {
        return length;
      }
      length++;
    }
    return ID_LENGTH;
  }

  /** The first characters of the machine's id. */
  static String start(JsonObject machine, int characters) {
    String id = machine.string("id");
    return id.substring(0, Math.min(characters, id.length()));
  }

  private static List<JsonObject> byId(ApiClient client, String id) {
    if (id.length() == ID_LENGTH) {
      return List.of(client.get("/api/v1/machines/" + id));
    }
    List<JsonObject> found = Machines.matching(client, "*", "").stream()
        .filter(machine -> machine.string("id").startsWith(id)).toList();
    return found.isEmpty() ? found : List.of(single(found, id));
  }

  private static JsonObject single(List<JsonObject> found, String text) {
    if (found.size() > 1) {
      String list = found.stream().limit(MAX_TOLD)
          .map(machine -> machine.string("id") + "  " + machine.string("name") + "  " + machine.string("state"))
          .collect(Collectors.joining("\n"));
      throw new IllegalArgumentException(found.size() + " machines match '" + text + "'; say which by its id:\n" + list
          + (found.size() > MAX_TOLD ? "\n…" : ""));
    }
    return found.getFirst();
  }

  private static boolean isId(String text, int atLeast) {
    return text.length() >= atLeast && text.length() <= ID_LENGTH
        && text.chars().allMatch(c -> ID_ALPHABET.indexOf(c) >= 0);
  }
}
