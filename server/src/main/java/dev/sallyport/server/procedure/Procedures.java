package dev.sallyport.server.procedure;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.action.Spelling;
import dev.sallyport.server.procedure.script.Script;
import dev.sallyport.server.procedure.script.ScriptCheck;
import dev.sallyport.server.procedure.script.ScriptReader;
import dev.sallyport.server.procedure.yaml.SourceException;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;

/** The procedures, as operators save, read and delete them. Who may give all actions of one may do so (incident T23). */
public final class Procedures {
  /** Procedures of this server. */
  static final int MAX_PROCEDURES = 1_000;
  /** Versions of one procedure. */
  static final int MAX_VERSIONS = 10_000;
  /** Versions told of at once. */
  static final int MAX_LISTED = 200;
  /** Words of the API that no procedure can be called. */
  private static final List<String> RESERVED = List.of("schema", "validate");

  private final Store store;
  private final Supplier<Actions> actions;
  private final Gate gate;
  private final InstantSource clock;

  /** @param actions asked for when they are needed: running a procedure is one of them */
  public Procedures(Store store, Supplier<Actions> actions, Gate gate, InstantSource clock) {
    this.store = store;
    this.actions = actions;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * What is wrong with a text, in its order; empty if nothing is.
   */
  public List<SourceException> faults(String source) {
    try {
      return ScriptCheck.faults(ScriptReader.read(source), actions.get());
    } catch (SourceException e) {
      return List.of(e);
    }
  }

  /**
   * Saves a text as the newest version; the text that is the newest already makes none.
   *
   * @param after the version it was made of; another one that was saved meanwhile refuses it, -1 asks nothing
   * @throws ProblemException if the text is wrong or the operator may not give its actions
   */
  public ProcedureVersion save(String name, String source, long after, Operator operator) {
    if (!Spelling.PROCEDURE.fits(name) || RESERVED.contains(name)) {
      throw new ProblemException(Problem.invalidField("name", "This cannot be the name of a procedure.",
          "Use lower-case words joined by dashes, and not " + String.join(" or ", RESERVED) + "."));
    }
    List<SourceException> faults = faults(source);
    if (!faults.isEmpty()) {
      SourceException first = faults.getFirst();
      throw new ProblemException(Problem.invalidField("source", first.place() + ": " + first.detail() + ".",
          faults.size() == 1
              ? "Correct it there."
              : "Correct it there; " + (faults.size() - 1) + " more, as POST /api/v1/procedures/validate tells."));
    }
    check(ScriptReader.read(source), operator);
    return store.write(sql -> {
      var table = new ProcedureTable(sql);
      Optional<ProcedureVersion> present = table.newest(name);
      long newest = present.map(ProcedureVersion::version).orElse(0L);
      if (after >= 0 && after != newest) {
        throw new ProblemException(Problem.conflict("changed-meanwhile",
            "The newest version is " + newest + ", not " + after + ": somebody else saved one.",
            "Compare with GET /api/v1/procedures/" + name + "/diff, and save again."));
      }
      if (present.isPresent() && present.get().source().equals(source)) {
        return present.get();
      }
      refuseTooMany(table, name, present.isEmpty());
      var saved = new ProcedureVersion(name, table.last(name) + 1, source,
          clock.instant().truncatedTo(ChronoUnit.MILLIS), operator.account(), operator.name());
      table.insert(saved);
      return saved;
    });
  }

  private static void refuseTooMany(ProcedureTable table, String name, boolean isNew) {
    if (isNew && table.count() >= MAX_PROCEDURES) {
      throw new ProblemException(Problem.conflict("too-many-procedures",
          "There are " + MAX_PROCEDURES + " procedures already.", "Delete one that is no longer needed."));
    }
    if (table.last(name) >= MAX_VERSIONS) {
      throw new ProblemException(Problem.conflict("too-many-versions",
          "There are " + MAX_VERSIONS + " versions already.", "Save it under another name."));
    }
  }

  /** Makes it found no more by its name; its versions can still be read, and what runs goes on. */
  public void delete(ProcedureVersion newest, Operator operator) {
    check(ScriptReader.read(newest.source()), operator);
    if (!store.<Boolean>write(sql -> new ProcedureTable(sql).delete(newest.name()))) {
      throw new ProblemException(Problem.notFound("The procedure was deleted meanwhile."));
    }
  }

  /** The newest version of all procedures, by name. */
  public List<ProcedureVersion> all() {
    return store.read(sql -> new ProcedureTable(sql).all());
  }

  /** The newest version of one that is not deleted. */
  public Optional<ProcedureVersion> newest(String name) {
    return store.read(sql -> new ProcedureTable(sql).newest(name));
  }

  /** One version, of what was deleted too. */
  public Optional<ProcedureVersion> find(String name, long version) {
    return store.read(sql -> new ProcedureTable(sql).find(name, version));
  }

  /** The newest {@link #MAX_LISTED} versions, newest first. */
  List<ProcedureVersion> versions(String name) {
    return store.read(sql -> new ProcedureTable(sql).versions(name, MAX_LISTED));
  }

  /** Every class of action that a procedure takes. */
  Set<ActionClass> classes(Script script) {
    Set<ActionClass> classes = EnumSet.of(ActionClass.ACT);
    script.actions().forEach(name -> actions.get().find(name).map(Action::description)
        .ifPresent(description -> classes.add(description.actionClass())));
    return classes;
  }

  private void check(Script script, Operator operator) {
    classes(script).forEach(each -> gate.checkEverywhere(operator, each));
  }
}
