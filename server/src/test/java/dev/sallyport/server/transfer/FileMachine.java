package dev.sallyport.server.transfer;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.protocol.operation.TransferOperation;

/** A machine with files in memory and an agent's journal: what was settled is never done, nor answered, again. */
final class FileMachine {
  final Map<String, byte[]> files = new TreeMap<>();
  final Map<String, ByteArrayOutputStream> parts = new HashMap<>();
  /** Everything it did that changes something, in order. */
  final List<Operation> did = new ArrayList<>();
  /** Programs that fail, by their name. */
  final Set<String> failing = new HashSet<>();
  /** Its disk is full when so many bytes have been sent to it. */
  long room = Long.MAX_VALUE;
  /** What it says of a file's content instead of the truth. */
  Bytes lie = Bytes.EMPTY;
  /** What it says its files are. */
  String kind = "file";
  /** Rises when somebody changes files. */
  int version = 1;

  private final Map<OperationId, OperationResult> journal = new HashMap<>();
  private final Set<OperationId> settled = new HashSet<>();

  synchronized OperationResult perform(OperationId id, Operation operation, byte[] input, boolean expired) {
    if (operation.effect() == Effect.READ) {
      return look(operation);
    }
    if (settled.contains(id)) {
      return ended(Outcome.REFUSED, "this operation ran before");
    }
    if (journal.containsKey(id)) {
      return journal.get(id);
    }
    if (expired) {
      return ended(Outcome.EXPIRED, "too late");
    }
    if (!operation.input().equals(InputDigest.of(Bytes.of(input)))) {
      return ended(Outcome.REFUSED, "what came with the order is not what the order says");
    }
    did.add(operation);
    OperationResult result = change(operation, input);
    journal.put(id, result);
    return result;
  }

  synchronized void settle(List<OperationId> ids) {
    settled.addAll(ids);
  }

  synchronized byte[] block(FileOperation.Read read) {
    byte[] file = file(read.path());
    int from = (int) Math.min(read.offset(), file.length);
    return java.util.Arrays.copyOfRange(file, from, Math.min(file.length, from + read.length()));
  }

  private byte[] file(String path) {
    return files.getOrDefault(path, new byte[0]);
  }

  private OperationResult look(Operation operation) {
    return switch (operation) {
      case FileOperation.Properties(String path) -> found(files.containsKey(path)
          ? JsonObject.builder().put("exists", true).put("kind", kind).put("mode", "0750").put("owner", "app")
              .put("group", "app")
          : JsonObject.builder().put("exists", false));
      case TransferOperation.State state -> parts.containsKey(state.transfer())
          ? found(JsonObject.builder().put("exists", true).put("bytes", parts.get(state.transfer()).size()))
          : found(JsonObject.builder().put("exists", false));
      case FileOperation.Read read when !files.containsKey(read.path()) -> missing(read.path());
      case FileOperation.Read read when !read.version().isEmpty() && !read.version().equals("v" + version) ->
        ended(Outcome.FAILED, "the file has changed");
      case FileOperation.Read read -> found(described(read.path()).put("count", block(read).length)
          .put("end", read.offset() + block(read).length >= file(read.path()).length));
      case FileOperation.Digest(String path) when !files.containsKey(path) -> missing(path);
      case FileOperation.Digest(String path) -> found(described(path).putBytes("sha256",
          (lie.isEmpty() ? sha256(file(path)) : lie).toArray()));
      default -> throw new AssertionError(operation.name());
    };
  }

  private JsonObject.Builder described(String path) {
    return JsonObject.builder().put("bytes", file(path).length).put("modifiedMs", 7).put("version", "v" + version);
  }

  private OperationResult change(Operation operation, byte[] input) {
    return switch (operation) {
      case TransferOperation.Write write -> write(write, input);
      case TransferOperation.Commit commit -> commit(commit);
      case TransferOperation.Abort abort ->
        found(JsonObject.builder().put("deleted", parts.remove(abort.transfer()) != null));
      case FileOperation.Rename rename -> rename(rename);
      case FileOperation.Delete delete ->
        found(JsonObject.builder().put("deleted", files.remove(delete.path()) != null));
      case RunProgram program -> program(program);
      default -> throw new AssertionError(operation.name());
    };
  }

  private OperationResult write(TransferOperation.Write write, byte[] input) {
    var part = write.offset() == 0
        ? parts.computeIfAbsent(write.transfer(), _ -> new ByteArrayOutputStream())
        : parts.get(write.transfer());
    if (part == null || part.size() != write.offset()) {
      return ended(Outcome.FAILED, "the block begins where nothing is");
    }
    if (part.size() + input.length > room) {
      return ended(Outcome.FAILED, "the disk is full");
    }
    part.writeBytes(input);
    return found(JsonObject.builder().put("bytes", part.size()));
  }

  private OperationResult commit(TransferOperation.Commit commit) {
    var part = parts.remove(commit.transfer());
    if (part == null || !sha256(part.toByteArray()).equals(commit.sha256())) {
      return ended(Outcome.FAILED, "what arrived is not what was sent");
    }
    files.put(commit.path(), part.toByteArray());
    return found(described(commit.path()));
  }

  private static Bytes sha256(byte[] content) {
    return Bytes.of(InputDigest.hasher().digest(content));
  }

  private OperationResult rename(FileOperation.Rename rename) {
    byte[] file = files.remove(rename.from());
    if (file == null) {
      return missing(rename.from());
    }
    files.put(rename.to(), file);
    return found(JsonObject.builder().put("renamed", true));
  }

  private OperationResult program(RunProgram program) {
    List<String> argv = program.argv();
    boolean fails = failing.contains(argv.getFirst());
    if (argv.getFirst().equals("ln") || argv.getFirst().equals("cp")) {
      fails |= !files.containsKey(argv.get(3));
      if (!fails) {
        files.put(argv.get(4), file(argv.get(3)));
      }
    }
    return new OperationResult(fails ? Outcome.FAILED : Outcome.DONE, OptionalInt.of(fails ? 1 : 0), Instant.EPOCH,
        Instant.EPOCH, 0, false, JsonObject.EMPTY, "");
  }

  private static OperationResult missing(String path) {
    return ended(Outcome.FAILED, path + ": there is no such file or directory");
  }

  private static OperationResult found(JsonObject.Builder value) {
    return OperationResult.found(Instant.EPOCH, Instant.EPOCH, value.build());
  }

  private static OperationResult ended(Outcome outcome, String reason) {
    return OperationResult.without(outcome, Instant.EPOCH, Instant.EPOCH, reason);
  }

  /** Whether it has such a file now. */
  synchronized boolean has(String path) {
    return files.containsKey(path);
  }

  /** Somebody else deletes a file. */
  synchronized void lose(String path) {
    files.remove(path);
  }
}
