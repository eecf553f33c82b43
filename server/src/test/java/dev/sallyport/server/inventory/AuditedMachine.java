package dev.sallyport.server.inventory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.audit.AuditChange;
import dev.sallyport.protocol.audit.AuditItem;
import dev.sallyport.protocol.audit.AuditSummary;
import dev.sallyport.protocol.audit.SectionDigest;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.AuditOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.Bulk;
import dev.sallyport.server.action.Captured;

/** A machine that is audited: it tells what differs from any state it has ever told, as an agent that forgets nothing. */
final class AuditedMachine implements ActionContext {
  private final String id;
  private final JsonObject parameters;
  private final Map<String, Map<String, JsonObject>> told = new HashMap<>();
  private final List<AuditOperation.Take> asked = new ArrayList<>();
  private final Map<String, JsonObject> items = new TreeMap<>();
  private UnaryOperator<OperationResult> lie = UnaryOperator.identity();
  private UnaryOperator<byte[]> damage = UnaryOperator.identity();

  AuditedMachine(String id, JsonObject parameters) {
    this.id = id;
    this.parameters = parameters;
  }

  void install(String name, String version) {
    items.put("dpkg " + name, JsonObject.builder().put("name", name).put("version", version).build());
  }

  void put(String key, JsonObject fields) {
    items.put(key, fields);
  }

  void remove(String name) {
    items.remove("dpkg " + name);
  }

  /** What it has, by key. */
  Map<String, JsonObject> items() {
    return items;
  }

  /** What it was asked for, in this order. */
  List<AuditOperation.Take> asked() {
    return asked;
  }

  void forget() {
    told.clear();
  }

  void lies(UnaryOperator<OperationResult> newLie) {
    lie = newLie;
  }

  void damages(UnaryOperator<byte[]> newDamage) {
    damage = newDamage;
  }

  @Override
  public String machine() {
    return id;
  }

  @Override
  public JsonObject parameters() {
    return parameters;
  }

  @Override
  public Limits limits() {
    return new Limits(Duration.ofMinutes(1), 1 << 20);
  }

  @Override
  public OperationResult attempt(Operation operation, CallInput input) {
    throw new AssertionError("an audit only looks");
  }

  @Override
  public byte[] secret(String name) {
    throw new IllegalStateException("an audit has no secrets");
  }

  @Override
  public boolean permits(ActionClass actionClass) {
    return true;
  }

  @Override
  public Instant given() {
    return Instant.EPOCH;
  }

  @Override
  public Bulk bulk() {
    throw new AssertionError("an audit moves no files");
  }

  @Override
  public Captured capture(Operation operation) {
    throw new AssertionError("an audit captures nothing");
  }

  @Override
  public OperationResult poll(Operation look, Predicate<OperationResult> until, Duration every, Duration atMost) {
    throw new AssertionError("an audit waits for nothing");
  }

  @Override
  public OperationResult look(Operation operation, OutputSink sink) {
    var take = (AuditOperation.Take) operation;
    asked.add(take);
    Map<String, JsonObject> base = told.get(take.base());
    var changes = new ArrayList<AuditChange>();
    items.forEach((key, fields) -> {
      if (base == null || !fields.equals(base.get(key))) {
        changes.add(new AuditChange.Put(new AuditItem(key, fields)));
      }
    });
    if (base != null) {
      base.keySet().stream().filter(key -> !items.containsKey(key)).map(AuditChange.Gone::new).forEach(changes::add);
    }
    var digest = new SectionDigest();
    items.forEach((key, fields) -> digest.toggle(new AuditItem(key, fields).digest()));
    told.put(digest.text(), new TreeMap<>(items));
    byte[] bytes = damage.apply(compressed(changes));
    for (int at = 0; at < bytes.length; at += 1000) {
      sink.output(OutputChannel.STDOUT, java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 1000)), at);
    }
    return lie.apply(OperationResult.found(Instant.EPOCH, Instant.EPOCH,
        new AuditSummary(base == null ? "" : take.base(), digest.text(), items.size(), false, List.of("rpm"))
            .toJson()));
  }

  static OperationResult ended(Outcome outcome) {
    return OperationResult.without(outcome, Instant.EPOCH, Instant.EPOCH, "because");
  }

  private static byte[] compressed(List<AuditChange> changes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      for (AuditChange change : changes) {
        gzip.write(change.line());
        gzip.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
