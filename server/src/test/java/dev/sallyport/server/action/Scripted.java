package dev.sallyport.server.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.server.access.ActionClass;

/** A machine that answers as the test says, for actions without a server. */
public final class Scripted implements ActionContext {
  public static final Limits LIMITS = new Limits(Duration.ofSeconds(5), 100);

  /** Everything it was asked for, in order. */
  public final List<Operation> asked = new ArrayList<>();
  /** Files and directories it has. */
  public final Set<String> files = new HashSet<>();
  /** What programs write, by a part of their arguments joined by blanks. */
  public final Map<String, String> writes = new HashMap<>();
  public final Map<String, String> secrets = new HashMap<>();
  /** Classes that whoever gave the order may give. */
  public final Set<ActionClass> permitted = EnumSet.allOf(ActionClass.class);
  public Function<Operation, OperationResult> answer = operation -> found(
      JsonObject.builder().put("name", operation.name()).build());

  private final JsonObject parameters;

  public Scripted(String json) {
    this((JsonObject) Json.parse(json));
  }

  public Scripted(JsonObject parameters) {
    this.parameters = parameters;
  }

  public static OperationResult found(JsonObject value) {
    return OperationResult.found(Instant.EPOCH, Instant.EPOCH, value);
  }

  /** The arguments of all programs it was asked to run, joined by blanks. */
  public List<String> programs() {
    return asked.stream().filter(RunProgram.class::isInstance).map(RunProgram.class::cast)
        .map(program -> String.join(" ", program.argv())).toList();
  }

  @Override
  public JsonObject parameters() {
    return parameters;
  }

  @Override
  public byte[] secret(String name) {
    String secret = secrets.get(name);
    if (secret == null) {
      throw new IllegalStateException("no secret " + name);
    }
    return secret.getBytes(UTF_8);
  }

  @Override
  public boolean permits(ActionClass actionClass) {
    return permitted.contains(actionClass);
  }

  @Override
  public Instant given() {
    return Instant.EPOCH.plus(Duration.ofDays(20_000));
  }

  @Override
  public String machine() {
    return "01890a5d-ac96-774b-bcce-b302099a8057";
  }

  @Override
  public OperationResult look(Operation operation, OutputSink sink) {
    return attempt(operation);
  }

  @Override
  public Limits limits() {
    return LIMITS;
  }

  @Override
  public OperationResult attempt(Operation operation, CallInput input) {
    asked.add(operation);
    return answer.apply(operation);
  }

  @Override
  public Bulk bulk() {
    throw new AssertionError("this machine is sent nothing large");
  }

  @Override
  public Captured capture(Operation operation) {
    asked.add(operation);
    if (operation instanceof FileOperation.Properties(String path)) {
      return new Captured(found(JsonObject.builder().put("exists", files.contains(path)).build()), Bytes.EMPTY,
          Bytes.EMPTY);
    }
    if (operation instanceof RunProgram program) {
      String argv = String.join(" ", program.argv());
      String text = writes.entrySet().stream().filter(entry -> argv.contains(entry.getKey())).map(Map.Entry::getValue)
          .findFirst().orElse("");
      return new Captured(new OperationResult(Outcome.DONE, OptionalInt.of(0), Instant.EPOCH, Instant.EPOCH,
          text.length(), false, JsonObject.EMPTY, ""), Bytes.ofUtf8(text), Bytes.EMPTY);
    }
    return new Captured(answer.apply(operation), Bytes.EMPTY, Bytes.EMPTY);
  }

  @Override
  public OperationResult poll(Operation look, Predicate<OperationResult> until, Duration every, Duration atMost) {
    for (int i = 0; i < 10; i++) {
      OperationResult seen = attempt(look);
      if (until.test(seen)) {
        return seen;
      }
    }
    return attempt(look);
  }
}
