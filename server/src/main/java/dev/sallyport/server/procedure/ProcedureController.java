package dev.sallyport.server.procedure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.audit.NotAudited;
import dev.sallyport.server.procedure.yaml.NodeReader;
import dev.sallyport.server.procedure.yaml.SourceException;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/procedures}. Saving and deleting ask the gate once more, by the classes of the actions in the text. */
@RestController
public final class ProcedureController {
  private static final MediaType SCHEMA = MediaType.parseMediaType("application/schema+json");
  private static final String SCHEMA_FILE = "procedure.schema.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NEWEST = "0";

  private final Procedures procedures;

  public ProcedureController(Procedures procedures) {
    this.procedures = procedures;
  }

  record Listed(List<ProcedureView> procedures) {}

  record Versions(List<ProcedureView.Bare> versions) {}

  record Fault(int line, int column, String detail) {}

  record Verdict(boolean valid, List<Fault> faults) {}

  /** @param diff in the unified format; empty if both are equal */
  record Diff(String name, long from, long to, String diff) {}

  private record Saving(String source, long after) {}

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/procedures")
  Listed list() {
    return new Listed(procedures.all().stream().map(ProcedureView::of).toList());
  }

  /** JSON Schema (2020-12) of a procedure's text, for editors. */
  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/procedures/schema")
  ResponseEntity<JsonNode> schema() {
    try (InputStream file = ProcedureController.class.getResourceAsStream(SCHEMA_FILE)) {
      if (file == null) {
        throw new IllegalStateException("the schema is missing in this build");
      }
      return ResponseEntity.ok().contentType(SCHEMA).body(JSON.readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells what is wrong with a text; changes and runs nothing. */
  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @NotAudited("changes nothing")
  @PostMapping("/api/v1/procedures/validate")
  Verdict validate(@RequestBody ObjectNode body) {
    List<SourceException> faults = procedures.faults(JsonBody.read(body, json -> {
      json.onlyFields("source");
      return json.string("source", NodeReader.MAX_CHARACTERS);
    }));
    return new Verdict(faults.isEmpty(), faults.stream()
        .map(fault -> new Fault(fault.place().line(), fault.place().column(), fault.detail())).toList());
  }

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/procedures/{name}")
  ProcedureView show(@PathVariable String name, @RequestParam(defaultValue = NEWEST) long version) {
    return ProcedureView.of(find(name, version));
  }

  /** Saves a text; with {@code after} only if that is the newest version still. */
  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @PutMapping("/api/v1/procedures/{name}")
  ProcedureView save(@PathVariable String name, @RequestBody ObjectNode body, Operator operator) {
    Saving saving = JsonBody.read(body, json -> {
      json.onlyFields("source", "after");
      return new Saving(json.string("source", NodeReader.MAX_CHARACTERS),
          json.integer("after", 0, Procedures.MAX_VERSIONS, -1));
    });
    return ProcedureView.of(procedures.save(name, saving.source(), saving.after(), operator));
  }

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @DeleteMapping("/api/v1/procedures/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String name, Operator operator) {
    procedures.delete(find(name, 0), operator);
  }

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/procedures/{name}/versions")
  Versions versions(@PathVariable String name) {
    List<ProcedureVersion> versions = procedures.versions(name);
    if (versions.isEmpty()) {
      throw none();
    }
    return new Versions(versions.stream().map(ProcedureView.Bare::of).toList());
  }

  /** What changed between two versions; without them, with the newest. */
  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/procedures/{name}/diff")
  Diff diff(@PathVariable String name, @RequestParam(defaultValue = NEWEST) long from,
      @RequestParam(defaultValue = NEWEST) long to) {
    ProcedureVersion after = find(name, to);
    ProcedureVersion before = find(name, from == 0 ? Math.max(1, after.version() - 1) : from);
    return new Diff(name, before.version(), after.version(),
        UnifiedDiff.of(label(before), before.source(), label(after), after.source()));
  }

  private static String label(ProcedureVersion version) {
    return version.name() + " version " + version.version();
  }

  private ProcedureVersion find(String name, long version) {
    return (version == 0 ? procedures.newest(name) : procedures.find(name, version))
        .orElseThrow(ProcedureController::none);
  }

  private static ProblemException none() {
    return new ProblemException(Problem.notFound("There is no such procedure or version."));
  }
}
