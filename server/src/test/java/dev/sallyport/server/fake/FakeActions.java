package dev.sallyport.server.fake;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;

/** Actions to test the way of a directive with. */
public final class FakeActions {
  private FakeActions() {
  }

  public static List<Action> all() {
    return List.of(new ShellLike());
  }

  /** One operation that changes something; the fake machine decides what it does. */
  private static final class ShellLike implements Action {
    @Override
    public ActionDescription description() {
      return new ActionDescription("shell-like", "Like a shell", "Does one operation.", ActionClass.EXEC, List.of());
    }

    @Override
    public JsonObject run(ActionContext context) {
      return context.perform(RunShell.of("do it")).value();
    }
  }
}
