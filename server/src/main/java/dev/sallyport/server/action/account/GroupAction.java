package dev.sallyport.server.action.account;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Creates or removes a group. */
@Component
final class GroupAction implements Action {
  private static final String CREATE = "create";
  private static final Parameter DO = new Parameter.Choice("do", "What to do.", true, List.of(CREATE, "remove"));
  private static final ActionDescription DESCRIPTION = new ActionDescription("group", "Create or remove a group",
      "Creates or removes a group.",
      ActionClass.EXEC, List.of(Accounts.GROUP, DO));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    Accounts.require(context);
    boolean create = context.parameters().string(DO.name()).equals(CREATE);
    Tool.run(context,
        List.of(create ? "/usr/sbin/groupadd" : "/usr/sbin/groupdel", "--", Accounts.group(context)));
    return JsonObject.EMPTY;
  }
}
