package dev.sallyport.server.transfer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.file.StoredFile;
import dev.sallyport.server.file.StoredFiles;

/** Fetches a file from machines into the server's store. */
final class CollectFileAction implements Action {
  private static final int DEFAULT_KEEP_DAYS = 7;
  private static final int MAX_KEEP_DAYS = 3650;
  private static final String BY = "collect-file";

  private static final Parameter PATH = new Parameter.Text("path", "The file on the machine, by its whole path.", true,
      FileOperation.MAX_PATH_BYTES, false);
  private static final Parameter NAME = new Parameter.Text("name",
      "What it is called on the server; as on the machine if left out.", false, StoredFile.MAX_NAME_LENGTH, false);
  private static final Parameter KEEP = new Parameter.Whole("keepDays", "For how many days the server keeps it.", false,
      1, MAX_KEEP_DAYS, DEFAULT_KEEP_DAYS);
  private static final ActionDescription DESCRIPTION = new ActionDescription("collect-file", "Fetch a file",
      "Fetches a file of any size from the machine into the server's store, whence it can be downloaded. A file that changes meanwhile is not taken.",
      ActionClass.FILE_GET, List.of(PATH, NAME, KEEP));

  private final StoredFiles files;

  CollectFileAction(StoredFiles files) {
    this.files = files;
  }

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    String path = context.parameters().string(PATH.name(), FileOperation.MAX_PATH_BYTES);
    String mark = context.bulk().mark();
    Optional<StoredFile> before = files.fetched(mark);
    StoredFile file = before.isPresent()
        ? before.get()
        : new FileFetcher(files).fetch(context, path, mark,
            new StoredFiles.Label(context.parameters().string(NAME.name(), lastName(path), StoredFile.MAX_NAME_LENGTH),
                BY, Duration.ofDays(context.parameters().integer(KEEP.name(), 1, MAX_KEEP_DAYS)),
                Optional.of(new StoredFile.Origin(mark, context.machine(), path))));
    return JsonObject.builder().put("file", file.id()).put("name", file.name()).put("bytes", file.bytes())
        .put("sha256", file.sha256().hex()).build();
  }

  private static String lastName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.length() > StoredFile.MAX_NAME_LENGTH ? name.substring(0, StoredFile.MAX_NAME_LENGTH) : name;
  }
}
