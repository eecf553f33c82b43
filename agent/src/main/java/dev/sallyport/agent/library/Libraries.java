package dev.sallyport.agent.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.StateDirectory;
import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.protocol.operation.LibraryOperation;
import dev.sallyport.protocol.operation.Outcome;

/** The family of operations on libraries. What is not to be believed is refused, and noted in the agent's log. */
public final class Libraries implements Primitive<LibraryOperation> {
  private final TrustFile trust;
  private final LibraryStore store;
  private final Shelf shelf;
  private final Log log;

  Libraries(TrustFile trust, LibraryStore store, Shelf shelf, Log log) {
    this.trust = trust;
    this.store = store;
    this.shelf = shelf;
    this.log = log;
  }

  /**
   * The libraries of this machine.
   *
   * @param installerKey raw, of the bundle that this machine was enrolled with
   */
  public static Libraries of(StateDirectory directory, Bytes installerKey, Log log) throws IOException {
    var trust = new TrustFile(directory.files(), installerKey);
    String trouble = trust.load();
    if (!trouble.isEmpty()) {
      log.event(trouble);
    }
    var store = new LibraryStore(directory.libraryFiles(), trust, PrimitiveOperations.thisPlatform(),
        LibraryStore.MAX_BYTES);
    return new Libraries(trust, store, new Shelf(store, Workers.packaged(directory.workers())), log);
  }

  @Override
  public Ending run(LibraryOperation operation, OperationContext context) {
    try {
      return switch (operation) {
        case LibraryOperation.Trust told -> Ending.found(
            JsonObject.builder().put("serial", trust.take(told.statement()).serial()).build());
        case LibraryOperation.Offer offer -> arrived(store.offer(offer.statement()));
        case LibraryOperation.Put block -> arrived(
            store.put(block.jar(), block.offset(), block.input().bytes(), context.input()));
        case LibraryOperation.Keep whole -> keep(whole);
        case LibraryOperation.Call call -> call(call, context);
        case LibraryOperation.Held _ -> Ending.found(held());
        case LibraryOperation.Drop drop -> drop(drop);
      };
    } catch (ProtocolException e) {
      log.event("refused: " + operation.name() + ": " + e.getMessage());
      return Ending.without(Outcome.REFUSED, String.valueOf(e.getMessage()));
    } catch (NotHeldException e) {
      return new Ending(Outcome.REFUSED, OptionalInt.empty(), JsonObject.builder().put("held", false).build(),
          String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Ending.without(Outcome.FAILED, "the agent's store of libraries: " + e.getMessage());
    }
  }

  private static Ending arrived(LibraryStore.Arrived arrived) {
    return Ending.found(JsonObject.builder().put("held", arrived.held()).put("bytes", arrived.bytes()).build());
  }

  private Ending keep(LibraryOperation.Keep whole) throws IOException {
    LibraryStatement kept = store.keep(whole.jar());
    log.event("keeps the library " + kept.id() + " " + kept.version());
    return Ending.found(named(kept).build());
  }

  private Ending call(LibraryOperation.Call call, OperationContext context) throws IOException {
    Shelf.Loaded loaded = shelf.take(call.jar());
    try {
      Optional<LibraryFunction> function = loaded.manifest().function(call.function());
      if (function.isEmpty()) {
        throw new ProtocolException(loaded.manifest().id() + " " + loaded.manifest().version()
            + " has no function of this name");
      }
      List<Json> parameters = function.get().require(call.parameters());
      return loaded.code().call(function.get(), parameters, call.limits(), new CallOutput(context.output()));
    } finally {
      shelf.giveBack(loaded);
    }
  }

  private Ending drop(LibraryOperation.Drop drop) throws IOException {
    shelf.retire(drop.jar());
    return Ending.found(JsonObject.builder().put("dropped", store.drop(drop.jar())).build());
  }

  private JsonObject held() throws IOException {
    List<Bytes> loaded = shelf.loaded();
    var libraries = new ArrayList<Json>();
    for (LibraryStatement kept : store.held()) {
      libraries.add(named(kept).put("bytes", kept.bytes()).put("loaded", loaded.contains(kept.sha256())).build());
    }
    return JsonObject.builder().put("serial", trust.current().serial()).put("libraries", JsonArray.of(libraries))
        .build();
  }

  private static JsonObject.Builder named(LibraryStatement library) {
    return JsonObject.builder().put("library", library.id()).put("version", library.version().toString())
        .putBytes("jar", library.sha256().toArray());
  }
}
