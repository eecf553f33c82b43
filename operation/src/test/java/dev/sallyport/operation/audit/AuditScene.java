package dev.sallyport.operation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.process.ProcessRunner;
import dev.sallyport.operation.process.ProcessTable;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.audit.AuditChange;
import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.audit.AuditSummary;
import dev.sallyport.protocol.audit.SectionDigest;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.AuditOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;

/** A machine whose files are in a directory, and an asker who holds what it was told. */
final class AuditScene {
  private final Path root;
  private final AuditOperations operations;

  /** What one audit brought. */
  record Told(AuditSummary summary, List<AuditChange> changes, int bytes) {}

  AuditScene(Path root, Path notes) {
    this.root = root;
    this.operations = new AuditOperations(root, new SystemTool(ProcessRunner.create(ProcessTable.PORTABLE)), notes);
  }

  void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
  }

  void program(String name, String script) throws IOException {
    file(name, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  void link(String name, String target) throws IOException {
    Path link = root.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  Ending run(AuditOperation.Take take, ByteArrayOutputStream output) {
    return operations.run(take, new OperationContext(new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"),
        (channel, bytes, offset, length) -> output.write(bytes, offset, length)));
  }

  Told told(AuditSection section, String base, String... patterns) throws IOException {
    var output = new ByteArrayOutputStream();
    Ending ending = run(new AuditOperation.Take(section, base, List.of(patterns)), output);
    assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.DONE);
    var changes = new ArrayList<AuditChange>();
    byte[] text = new GZIPInputStream(new ByteArrayInputStream(output.toByteArray())).readAllBytes();
    new String(text, StandardCharsets.UTF_8).lines()
        .forEach(line -> changes.add(AuditChange.parse(line.getBytes(StandardCharsets.UTF_8))));
    return new Told(AuditSummary.fromJson(ending.value()), changes, output.size());
  }

  /** All items of a section. */
  Map<String, JsonObject> all(AuditSection section, String... patterns) throws IOException {
    return apply(Map.of(), told(section, "", patterns));
  }

  /** What the asker holds after this; its digest is checked. */
  static Map<String, JsonObject> apply(Map<String, JsonObject> before, Told told) {
    Map<String, JsonObject> after = new TreeMap<>(told.summary().base().isEmpty() ? Map.of() : before);
    for (AuditChange change : told.changes()) {
      switch (change) {
        case AuditChange.Put put -> after.put(put.key(), put.item().fields());
        case AuditChange.Gone gone -> assertThat(after.remove(gone.key())).as("%s was there", gone.key()).isNotNull();
      }
    }
    assertThat(digest(after)).isEqualTo(told.summary().digest());
    assertThat(after).hasSize(told.summary().items());
    return after;
  }

  static String digest(Map<String, JsonObject> items) {
    var digest = new SectionDigest();
    items.forEach((key, fields) -> digest.toggle(new dev.sallyport.protocol.audit.AuditItem(key, fields).digest()));
    return digest.text();
  }
}
