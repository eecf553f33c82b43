package dev.sallyport.server.transfer;

import java.util.Set;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.file.StoredFile;
import dev.sallyport.server.file.StoredFiles;

/** Which file an order means. What is given as a name is a digest once the order is accepted, so that it stays the same file. */
final class Wanted {
  static final Parameter FILE = new Parameter.Text("file",
      "The file on the server: its name, of which the newest counts, its id, or the SHA-256 of its content.", true,
      StoredFile.MAX_NAME_LENGTH, false);

  private Wanted() {
  }

  /** Writes the digest in the place of whatever was given. */
  static JsonObject settle(StoredFiles files, JsonObject parameters) {
    String text = parameters.string(FILE.name());
    StoredFile file = files.meant(text).orElseThrow(() -> unknown(parameters));
    var settled = JsonObject.builder();
    parameters.names().forEach(name -> {
      if (!name.equals(FILE.name())) {
        settled.put(name, parameters.get(name));
      }
    });
    return settled.put(FILE.name(), file.sha256().hex()).build();
  }

  /** The machine that the file came from, if it came from one. */
  static Set<String> sources(StoredFiles files, JsonObject parameters) {
    return files.meant(parameters.string(FILE.name())).flatMap(StoredFile::origin)
        .map(origin -> Set.of(origin.machine())).orElse(Set.of());
  }

  private static ProtocolException unknown(JsonObject parameters) {
    return parameters.refused(FILE.name(),
        "there is no such file on the server; send it there first (`sallyport push`)");
  }

  static StoredFile in(StoredFiles files, JsonObject parameters) {
    return files.meant(parameters.string(FILE.name()))
        .orElseThrow(() -> new OperationEndedException(Outcome.FAILED,
            "the file is not on the server any more; send it there again and give a new directive"));
  }
}
