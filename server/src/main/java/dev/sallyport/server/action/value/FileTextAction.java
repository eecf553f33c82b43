package dev.sallyport.server.action.value;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Captured;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Gives the text of a small file. */
@Component
final class FileTextAction implements Action {
  /** Most bytes of a file that is given as a value: 64 KiB. */
  private static final int MAX_BYTES = 64 << 10;
  private static final Parameter PATH = new Parameter.Text("path", "The file, by its whole path.", true,
      FileOperation.MAX_PATH_BYTES, false);
  private static final ActionDescription DESCRIPTION = new ActionDescription("file-text", "Read a text file",
      "Gives the text of a file of at most 64 KiB as a value.",
      ActionClass.FILE_GET, List.of(PATH));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    var read = new FileOperation.Read(context.parameters().string(PATH.name(), FileOperation.MAX_PATH_BYTES), 0,
        MAX_BYTES, "");
    Captured content = context.capture(read);
    if (content.result().outcome() != Outcome.DONE) {
      throw new OperationEndedException(read, content.result());
    }
    if (!content.result().value().bool("end", false)) {
      throw new OperationEndedException(Outcome.FAILED,
          "the file is larger than " + MAX_BYTES + " bytes; collect-file fetches files of any size");
    }
    return JsonObject.builder().put("text", content.text()).put("bytes", content.stdout().length()).build();
  }
}
