package dev.sallyport.server.transfer;

import java.util.List;
import java.util.Set;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.TransferOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Tool;
import dev.sallyport.server.file.StoredFile;
import dev.sallyport.server.file.StoredFiles;

/** Sends a file from the server's store to machines. */
final class DistributeFileAction implements Action {
  private static final Parameter PATH = new Parameter.Text("path", "Where it goes on the machine, by its whole path.",
      true, FileOperation.MAX_PATH_BYTES, false);
  private static final Parameter MODE = new Parameter.Text("mode",
      "Its rights as four octal digits; those of the file it replaces if left out, or 0600.", false, 4, false);
  private static final Parameter OWNER = new Parameter.Text("owner",
      "The account that owns it; that of the file it replaces if left out, or the agent's.", false,
      TransferOperation.Commit.MAX_NAME_LENGTH, false);
  private static final Parameter GROUP = new Parameter.Text("group", "Its group, likewise.", false,
      TransferOperation.Commit.MAX_NAME_LENGTH, false);
  private static final Parameter REPLACE = new Parameter.Flag("replace",
      "Whether a file that is there already is replaced; if not, the action fails where there is one.", true);
  private static final ActionDescription DESCRIPTION = new ActionDescription("distribute-file", "Send a file",
      "Sends a file of any size from the server to its place on the machine. Nothing changes there until all of it has arrived whole.",
      ActionClass.FILE_PUT, List.of(Wanted.FILE, PATH, MODE, OWNER, GROUP, REPLACE));

  private final StoredFiles files;

  DistributeFileAction(StoredFiles files) {
    this.files = files;
  }

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject settle(JsonObject parameters) {
    return Wanted.settle(files, parameters);
  }

  @Override
  public Set<String> sources(JsonObject parameters) {
    return Wanted.sources(files, parameters);
  }

  /** What no machine takes is refused before it is asked. */
  @Override
  public void check(JsonObject parameters) {
    Target.check(target(parameters));
  }

  private static Target target(JsonObject parameters) {
    return new Target(parameters.string(PATH.name(), FileOperation.MAX_PATH_BYTES),
        parameters.string(MODE.name(), "", FileOperation.MAX_PATH_BYTES),
        parameters.string(OWNER.name(), "", TransferOperation.Commit.MAX_NAME_LENGTH),
        parameters.string(GROUP.name(), "", TransferOperation.Commit.MAX_NAME_LENGTH));
  }

  @Override
  public JsonObject run(ActionContext context) {
    Target target = target(context.parameters());
    StoredFile file = Wanted.in(files, context.parameters());
    if (!context.parameters().bool(REPLACE.name()) && Tool.exists(context, target.path())) {
      throw new OperationEndedException(Outcome.FAILED, "there is a file of this name already; it was left alone");
    }
    JsonObject placed = new FileSender(files).send(context, file.sha256(), target);
    return JsonObject.builder().put("path", target.path()).put("bytes", file.bytes())
        .put("sha256", file.sha256().hex()).put("modifiedMs", placed.get("modifiedMs")).build();
  }
}
