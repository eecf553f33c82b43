package dev.sallyport.server.library;

import java.time.Instant;
import java.util.List;

import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryManifest;

/** A version of a library as the API shows it. */
record LibraryView(String id, String version, String jar, long bytes, String description, String isolation,
    List<String> platforms, List<String> permissions, boolean withdrawn, Instant added, String addedBy,
    List<FunctionView> functions) {

  record FunctionView(String name, String description, List<ParameterView> parameters, String result, boolean changes) {
    static FunctionView of(LibraryFunction function) {
      return new FunctionView(function.name(), function.description(),
          function.parameters().stream().map(p -> new ParameterView(p.name(), p.type().word())).toList(),
          function.result().word(), function.changes());
    }
  }

  record ParameterView(String name, String type) {}

  static LibraryView of(StoredLibrary library) {
    LibraryManifest manifest = library.manifest();
    return new LibraryView(library.id(), library.statement().version().toString(), library.jar().base64Url(),
        library.statement().bytes(), manifest.description(), manifest.isolation().word(),
        manifest.platforms().stream().map(platform -> platform.word()).toList(),
        manifest.permissions().stream().sorted().map(right -> right.word()).toList(), library.withdrawn(),
        library.added(), library.addedBy(), manifest.functions().stream().map(FunctionView::of).toList());
  }
}
