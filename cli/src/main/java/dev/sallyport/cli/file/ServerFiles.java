package dev.sallyport.cli.file;

import java.util.List;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.protocol.json.JsonObject;

/** Files of the server as the API shows them. */
final class ServerFiles {
  static final String PATH = "/api/v1/files";
  private static final int MIN_ID = 4;

  private ServerFiles() {
  }

  /** The one file that is meant by its name, its id or the beginning of it; {@link IllegalArgumentException} if none or several may be. */
  static JsonObject one(ApiClient client, String text) {
    List<JsonObject> all = Fields.list(client.get(PATH), "files");
    List<JsonObject> found = all.stream().filter(file -> file.string("name").equals(text)).toList();
    if (found.isEmpty() && text.length() >= MIN_ID) {
      found = all.stream().filter(file -> file.string("id").startsWith(text)).toList();
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no file '" + SafeText.oneLine(text) + "' on the server; `sallyport file list` lists them");
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(found.size() + " files are called '" + SafeText.oneLine(text)
          + "'; say which by its id, `sallyport file list` tells it");
    }
    return found.getFirst();
  }
}
