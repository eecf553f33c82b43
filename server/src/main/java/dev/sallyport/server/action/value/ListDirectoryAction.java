package dev.sallyport.server.action.value;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Lists a directory. */
@Component
final class ListDirectoryAction implements Action {
  private static final int MAX_ENTRIES = 500;
  private static final Parameter PATH = new Parameter.Text("path", "The directory, by its whole path.", true,
      FileOperation.MAX_PATH_BYTES, false);
  private static final ActionDescription DESCRIPTION = new ActionDescription("list-directory", "List a directory",
      "Lists the first 500 names in a directory, with their kinds and sizes.",
      ActionClass.READ, List.of(PATH));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    return Looks.at(context, new FileOperation.ListDirectory(
        context.parameters().string(PATH.name(), FileOperation.MAX_PATH_BYTES), "", MAX_ENTRIES));
  }
}
