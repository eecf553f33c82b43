package dev.sallyport.server.library;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryId;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.protocol.library.LibraryVersion;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.LibraryOperation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;

/**
 * Calls a function of a library. The machine is sent the jar, in blocks, only if it does not have it. Which version that is was decided when the
 * order was accepted ({@link #settle}), so that the order means the same however often it is taken up again: all steps follow from it and from
 * results that the machine's journal keeps.
 */
final class LibraryCallAction implements Action {
  /** Bytes of a block: 1 MiB. */
  static final int BLOCK_BYTES = 1 << 20;

  private static final String LIBRARY = "library";
  private static final String FUNCTION = "function";
  private static final String ARGUMENTS = "arguments";
  private static final String VERSION = "version";
  private static final String JAR = "jar";
  private static final int MAX_ARGUMENT_LENGTH = 64 << 10;
  private static final int MAX_JAR_LENGTH = 43;

  private static final ActionDescription DESCRIPTION = new ActionDescription("library-call",
      "Call a library's function",
      "Calls a function of a signed library; a machine that does not have the library is sent it first.",
      ActionClass.PLUGIN,
      List.of(new Parameter.Text(LIBRARY, "The library's name.", true, LibraryId.MAX_LENGTH, false),
          new Parameter.Text(FUNCTION, "The function's name.", true, LibraryId.MAX_LENGTH, false),
          new Parameter.TextList(ARGUMENTS, "One text for each of its parameters.", false,
              LibraryFunction.MAX_PARAMETERS, MAX_ARGUMENT_LENGTH),
          new Parameter.Text(VERSION, "The version; the newest if left out.", false, LibraryVersion.MAX_LENGTH, false),
          new Parameter.Text(JAR, "SHA-256 of the jar, in base64url; that of the version if left out.", false,
              MAX_JAR_LENGTH, false)));

  private final Libraries libraries;

  LibraryCallAction(Libraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    var _ = arguments(wanted(parameters), parameters);
  }

  @Override
  public JsonObject settle(JsonObject parameters) {
    StoredLibrary library = wanted(parameters);
    return JsonObject.builder().put(LIBRARY, library.id()).put(FUNCTION, parameters.string(FUNCTION))
        .putStrings(ARGUMENTS, texts(parameters)).put(VERSION, library.statement().version().toString())
        .put(JAR, library.jar().base64Url()).build();
  }

  private StoredLibrary wanted(JsonObject parameters) {
    String id = LibraryId.require(LIBRARY, parameters.string(LIBRARY));
    StoredLibrary library = (parameters.has(VERSION)
        ? libraries.find(id, LibraryVersion.of(parameters.string(VERSION)))
        : libraries.newest(id)).orElseThrow(
            () -> parameters.refused(LIBRARY,
                "there is no such library, or none of this version; add it first"));
    if (library.withdrawn()) {
      throw parameters.refused(VERSION, "this version was withdrawn; choose another");
    }
    if (parameters.has(JAR) && !library.jar().base64Url().equals(parameters.string(JAR))) {
      throw parameters.refused(JAR, "this is not the jar of this version; leave it out");
    }
    return library;
  }

  private static List<Json> arguments(StoredLibrary library, JsonObject parameters) {
    LibraryFunction function = library.manifest().function(parameters.string(FUNCTION))
        .orElseThrow(() -> parameters.refused(FUNCTION, "expected one of "
            + String.join(", ", library.manifest().functions().stream().map(LibraryFunction::name).toList())));
    try {
      return function.ofTexts(texts(parameters));
    } catch (ProtocolException e) {
      throw parameters.refused(ARGUMENTS, String.valueOf(e.getMessage()));
    }
  }

  private static List<String> texts(JsonObject parameters) {
    return parameters.has(ARGUMENTS)
        ? parameters.strings(ARGUMENTS, LibraryFunction.MAX_PARAMETERS, MAX_ARGUMENT_LENGTH)
        : List.of();
  }

  @Override
  public JsonObject run(ActionContext context) {
    JsonObject parameters = context.parameters();
    StoredLibrary library = libraries.find(Bytes.of(Base64Url.decode(parameters.string(JAR)))).orElseThrow();
    // What is told may be newer when the action runs again; the machine then refuses this step, having been told before.
    OperationResult _ = context.attempt(new LibraryOperation.Trust(libraries.trust()));
    var call = new LibraryOperation.Call(library.jar(), parameters.string(FUNCTION), arguments(library, parameters),
        context.limits());
    OperationResult first = context.attempt(call);
    if (first.outcome() == Outcome.DONE) {
      return first.value();
    }
    if (!first.value().has("held")) {
      throw new OperationEndedException(call, first);
    }
    send(context, library);
    return context.perform(call).value();
  }

  private void send(ActionContext context, StoredLibrary library) {
    LibraryStatement statement = library.statement();
    OperationResult offered = context.perform(new LibraryOperation.Offer(library.envelope()));
    if (offered.value().bool("held")) {
      return;
    }
    for (int at = 0; at < statement.bytes(); at += BLOCK_BYTES) {
      put(context, statement, at);
    }
    OperationResult _ = context.perform(new LibraryOperation.Keep(statement.sha256()));
  }

  /** The block is in memory while its digest is made, and again while it travels; however many machines there are, it lies on the disk. */
  private void put(ActionContext context, LibraryStatement statement, int offset) {
    int length = Math.min(BLOCK_BYTES, statement.bytes() - offset);
    InputDigest digest = InputDigest.of(Bytes.of(block(statement.sha256(), offset, length)));
    OperationResult _ = context.perform(new LibraryOperation.Put(statement.sha256(), offset, digest),
        () -> new ByteArrayInputStream(block(statement.sha256(), offset, length)));
  }

  private byte[] block(Bytes jar, int offset, int length) {
    byte[] block = new byte[length];
    try (var file = new JarFile(libraries.files().path(jar))) {
      file.read(offset, block, 0, length);
      return block;
    } catch (IOException e) {
      throw new UncheckedIOException("the jar of a library cannot be read; restore it, or add the library again", e);
    }
  }
}
