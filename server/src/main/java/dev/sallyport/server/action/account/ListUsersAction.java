package dev.sallyport.server.action.account;

import java.util.List;

import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Lists users. */
@Component
final class ListUsersAction implements Action {
  /** Where the numbers of people's accounts begin on Linux, and nobody's number. */
  private static final long FIRST_PERSON = 1_000;
  private static final long NOBODY = 65_534;
  private static final int MAX_USERS = 1_000;
  private static final Parameter ALL = new Parameter.Flag("all", "Also those that only programs use.", false);
  private static final ActionDescription DESCRIPTION = new ActionDescription("list-users", "List users",
      "Lists the users of the machine, without those that programs use unless asked for, and their groups.",
      ActionClass.READ, List.of(ALL));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    Accounts.require(context);
    boolean all = context.parameters().bool(ALL.name());
    List<String[]> groups = lines(Tool.need(context, List.of("/usr/bin/getent", "group")), 4);
    List<JsonObject> users = lines(Tool.need(context, List.of("/usr/bin/getent", "passwd")), 7).stream()
        .filter(fields -> all || isPerson(fields[2])).limit(MAX_USERS).map(fields -> user(fields, groups)).toList();
    return JsonObject.builder().put("users", JsonArray.of(users)).build();
  }

  private static JsonObject user(String[] fields, List<String[]> groups) {
    return JsonObject.builder().put("name", fields[0]).put("uid", fields[2]).put("fullName", fields[4])
        .put("home", fields[5]).put("shell", fields[6])
        .putStrings("groups", groups.stream()
            .filter(group -> group[2].equals(fields[3]) || List.of(group[3].split(",")).contains(fields[0]))
            .map(group -> group[0]).toList())
        .build();
  }

  private static List<String[]> lines(String text, int fields) {
    return text.lines().map(line -> line.split(":", -1)).filter(line -> line.length == fields).toList();
  }

  private static boolean isPerson(String uid) {
    try {
      long number = Long.parseLong(uid);
      return number >= FIRST_PERSON && number != NOBODY;
    } catch (NumberFormatException _) {
      return false;
    }
  }
}
