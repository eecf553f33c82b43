package dev.sallyport.server.action.value;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.RegistryOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Tells a value of the registry. */
@Component
final class RegistryValueAction implements Action {
  private static final int MAX_KEY = 1_000;
  private static final Parameter KEY = new Parameter.Text("key",
      "The key, which begins with HKLM, HKCU, HKCR, HKU or HKCC.", true, MAX_KEY,
      false);
  private static final Parameter VALUE = new Parameter.Text("value",
      "The value's name; the key's own value if left out.",
      false, MAX_KEY, false);
  private static final ActionDescription DESCRIPTION = new ActionDescription("registry-value", "Read a registry value",
      "Tells one value of the registry of Windows; other systems have none.",
      ActionClass.READ, List.of(KEY, VALUE));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    var _ = operation(parameters);
  }

  @Override
  public JsonObject run(ActionContext context) {
    return Looks.at(context, operation(context.parameters()));
  }

  private static RegistryOperation.Get operation(JsonObject parameters) {
    return new RegistryOperation.Get(parameters.string(KEY.name()), parameters.string(VALUE.name(), ""));
  }
}
