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

/** Tells the properties of a file. */
@Component
final class FilePropertiesAction implements Action {
  private static final Parameter PATH = new Parameter.Text("path", "The file or directory, by its whole path.", true,
      FileOperation.MAX_PATH_BYTES, false);
  private static final ActionDescription DESCRIPTION = new ActionDescription("file-properties", "Look at a file",
      "Tells whether there is a file or directory of this path, and its kind, size, times, owner and rights.",
      ActionClass.READ, List.of(PATH));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    return Looks.at(context,
        new FileOperation.Properties(context.parameters().string(PATH.name(), FileOperation.MAX_PATH_BYTES)));
  }
}
