package dev.sallyport.operation.audit;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/** The services of systemd where it runs, else the names of the scripts in {@code /etc/init.d}. */
final class ServicesSource implements Source {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_UNITS = 10_000;
  private static final JsonLimits JSON = JsonLimits.ofBytes(MAX_BYTES);

  private final Path root;
  private final SystemTool tool;

  ServicesSource(Path root, SystemTool tool) {
    this.root = root;
    this.tool = tool;
  }

  @Override
  public void gather(Findings findings, OperationContext context) throws IOException, AuditTrouble {
    if (Files.isDirectory(root.resolve("run/systemd/system"))) {
      systemd(findings, context);
    } else {
      findings.unsupported("systemd");
      scripts(findings);
    }
  }

  private void systemd(Findings findings, OperationContext context) throws AuditTrouble {
    Map<String, Fields> units = new TreeMap<>();
    for (JsonObject file : ask(context, "list-unit-files")) {
      String name = file.string("unit_file", "");
      if (!name.isEmpty()) {
        units.computeIfAbsent(name, _ -> new Fields()).text("startup", text(file, "state"));
      }
    }
    for (JsonObject unit : ask(context, "list-units", "--all")) {
      String name = unit.string("unit", "");
      if (!name.isEmpty()) {
        units.computeIfAbsent(name, _ -> new Fields()).text("state", text(unit, "active"))
            .text("sub", text(unit, "sub"))
            .text("description", text(unit, "description"));
      }
    }
    units.forEach(findings::add);
  }

  private static String text(JsonObject json, String field) {
    return json.isNone(field) ? "" : json.string(field, JsonObject.DEFAULT_MAX_LENGTH);
  }

  private List<JsonObject> ask(OperationContext context, String... what) throws AuditTrouble {
    var argv = new java.util.ArrayList<>(List.of(root.resolve("usr/bin/systemctl").toString()));
    argv.addAll(List.of(what));
    argv.addAll(List.of("--type=service", "--output=json", "--no-pager"));
    return switch (tool.run(argv, Map.of("LC_ALL", "C.UTF-8"), LIMIT, MAX_BYTES, context)) {
      case SystemTool.Answer.Not not -> throw new AuditTrouble(not.ending());
      case SystemTool.Answer.Ended ended when ended.code() != 0 ->
        throw new AuditTrouble(ended.failed("systemctl could not be asked"));
      case SystemTool.Answer.Ended ended -> units(ended.output().toArray());
    };
  }

  private static List<JsonObject> units(byte[] output) throws AuditTrouble {
    try {
      return Json.parse(output, JSON) instanceof JsonArray array ? array.objects(MAX_UNITS) : List.of();
    } catch (ProtocolException e) {
      throw new AuditTrouble("systemctl says what is not understood here: " + e.getMessage());
    }
  }

  private void scripts(Findings findings) throws IOException {
    Path directory = root.resolve("etc/init.d");
    if (!Files.isDirectory(directory)) {
      findings.unsupported("init.d");
      return;
    }
    try (DirectoryStream<Path> scripts = Files.newDirectoryStream(directory)) {
      for (Path script : scripts) {
        if (Files.isExecutable(script) && Files.isRegularFile(script)) {
          findings.add(script.getFileName().toString(), new Fields().text("manager", "init.d"));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
