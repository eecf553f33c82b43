package dev.sallyport.server.transfer;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import dev.sallyport.server.file.StoredFile;
import dev.sallyport.server.file.StoredFiles;

/**
 * Replaces a program, with a way back (mission M4): the new file is there, verified and tried before the old one is touched; the old one has a
 * second name before the new one takes the first in one step, so there is a program at every moment; and it gets the first name back if what
 * follows fails.
 */
final class ReplaceExecutableAction implements Action {
  /** What the file that is replaced is called afterwards. */
  static final String BEFORE = ".before";
  /** What the new file is called until then. */
  static final String NEW = ".new";
  /** Stands in a check for the new file's path. */
  static final String PLACE = "{}";

  private static final int MAX_ARGUMENT_LENGTH = 4096;
  private static final int MAX_ARGUMENTS = 64;
  private static final String DEFAULT_MODE = "0755";
  private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C");

  private static final Parameter PATH = new Parameter.Text("path", "The program's file, by its whole path.", true,
      FileOperation.MAX_PATH_BYTES - NEW.length() - BEFORE.length(), false);
  private static final Parameter CHECK = new Parameter.TextList("check",
      "A program and its arguments that try the new file before anything is replaced; {} stands for its path.", false,
      MAX_ARGUMENTS, MAX_ARGUMENT_LENGTH);
  private static final Parameter SERVICE = new Parameter.Word("service",
      "A service of systemd that is restarted afterwards.", false, Spelling.SERVICE);
  private static final Parameter HEALTH = new Parameter.TextList("health",
      "A program and its arguments that tell, afterwards, whether all is well; if they fail, the old file comes back.",
      false, MAX_ARGUMENTS, MAX_ARGUMENT_LENGTH);
  private static final ActionDescription DESCRIPTION = new ActionDescription("replace-executable", "Replace a program",
      "Replaces a program's file by one from the server, tried before and, if asked, after; the old one is kept as NAME.before, and comes back if something fails.",
      ActionClass.EXEC, List.of(Wanted.FILE, PATH, CHECK, SERVICE, HEALTH));

  private final StoredFiles files;

  ReplaceExecutableAction(StoredFiles files) {
    this.files = files;
  }

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Set<ActionClass> classes(JsonObject parameters) {
    return EnumSet.of(ActionClass.EXEC, ActionClass.FILE_PUT);
  }

  @Override
  public JsonObject settle(JsonObject parameters) {
    return Wanted.settle(files, parameters);
  }

  @Override
  public Set<String> sources(JsonObject parameters) {
    return Wanted.sources(files, parameters);
  }

  @Override
  public void check(JsonObject parameters) {
    Target.check(new Target(path(parameters), DEFAULT_MODE, "", ""));
  }

  private static String path(JsonObject parameters) {
    return parameters.string(PATH.name(), FileOperation.MAX_PATH_BYTES);
  }

  /** The program that is there; {@code exists} false if none is. */
  private record Old(boolean exists, Target rights) {}

  @Override
  public JsonObject run(ActionContext context) {
    JsonObject parameters = context.parameters();
    StoredFile file = Wanted.in(files, parameters);
    String path = path(parameters);
    Old old = old(context, path);
    JsonObject _ = new FileSender(files).send(context, file.sha256(), old.rights());
    tryOut(context, path);
    if (old.exists()) {
      keep(context, path);
    }
    var swap = new FileOperation.Rename(path + NEW, path, true, true);
    OperationResult swapped = context.attempt(swap);
    if (swapped.outcome() != Outcome.DONE) {
      OperationResult _ = context.bulk().tidy(new FileOperation.Delete(path + NEW, false));
      throw new OperationEndedException(swap, swapped);
    }
    boolean now = swapped.value().bool("renamed", true);
    if (now) {
      follow(context, path, old.exists());
    }
    return JsonObject.builder().put("path", path).put("sha256", file.sha256().hex())
        .put("before", old.exists() ? path + BEFORE : "").put("replaced", now ? "now" : "at the agent's next start")
        .build();
  }

  /** The new file gets the rights of the old one. */
  private static Old old(ActionContext context, String path) {
    var look = new FileOperation.Properties(path);
    OperationResult seen = context.remember(look);
    if (seen.outcome() != Outcome.DONE) {
      throw new OperationEndedException(look, seen);
    }
    JsonObject value = seen.value();
    if (!value.bool("exists", false)) {
      return new Old(false, new Target(path + NEW, DEFAULT_MODE, "", ""));
    }
    if (!value.string("kind").equals("file")) {
      throw new OperationEndedException(Outcome.FAILED,
          path + " is a " + value.string("kind") + " and no file; give the path of the file itself");
    }
    return new Old(true, new Target(path + NEW, value.string("mode"), value.string("owner"), value.string("group")));
  }

  private static void tryOut(ActionContext context, String path) {
    List<String> check = argv(context, CHECK).stream().map(word -> word.equals(PLACE) ? path + NEW : word).toList();
    if (check.isEmpty()) {
      return;
    }
    OperationResult tried = context.attempt(program(context, check));
    if (tried.outcome() != Outcome.DONE) {
      OperationResult _ = context.bulk().tidy(new FileOperation.Delete(path + NEW, false));
      throw new OperationEndedException(tried.outcome(),
          "the new file did not pass its check (" + why(tried) + "); nothing was replaced");
    }
  }

  /** A second name is there at once and copies nothing; where the file system has no such thing, a copy does. */
  private static void keep(ActionContext context, String path) {
    OperationResult linked = context.attempt(program(context, List.of("ln", "-fT", "--", path, path + BEFORE)));
    if (linked.outcome() == Outcome.DONE) {
      return;
    }
    OperationResult copied = context.attempt(program(context, List.of("cp", "-pfT", "--", path, path + BEFORE)));
    if (copied.outcome() != Outcome.DONE) {
      OperationResult _ = context.bulk().tidy(new FileOperation.Delete(path + NEW, false));
      throw new OperationEndedException(copied.outcome(),
          "the old file could not be kept as " + path + BEFORE + "; nothing was replaced");
    }
  }

  private static void follow(ActionContext context, String path, boolean hasOld) {
    JsonObject parameters = context.parameters();
    if (parameters.has(SERVICE.name())) {
      List<String> restart = List.of("systemctl", "restart", "--", parameters.string(SERVICE.name()));
      require(context, path, hasOld, "the service could not be restarted with it", restart);
    }
    List<String> health = argv(context, HEALTH);
    if (!health.isEmpty()) {
      require(context, path, hasOld, "it was not well with it", health);
    }
  }

  private static void require(ActionContext context, String path, boolean hasOld, String trouble, List<String> argv) {
    OperationResult result = context.attempt(program(context, argv));
    if (result.outcome() == Outcome.DONE) {
      return;
    }
    OperationResult back = context.bulk().tidy(hasOld
        ? new FileOperation.Rename(path + BEFORE, path, true, true)
        : new FileOperation.Delete(path, false));
    if (hasOld && context.parameters().has(SERVICE.name())) {
      OperationResult _ = context.bulk().tidy(program(context,
          List.of("systemctl", "restart", "--", context.parameters().string(SERVICE.name()))));
    }
    String way = back.outcome() != Outcome.DONE
        ? "and the old one could NOT be put back (" + back.reason() + "); it is " + path + BEFORE
        : hasOld ? "so the old one is back in its place" : "so it was taken away again";
    throw new OperationEndedException(Outcome.FAILED,
        "the new file was in place, but " + trouble + " (" + why(result) + "), " + way);
  }

  /** A program that says no has an exit code and often nothing else. */
  private static String why(OperationResult result) {
    return result.reason().isEmpty() && result.exitCode().isPresent()
        ? "exit code " + result.exitCode().getAsInt()
        : result.reason();
  }

  private static List<String> argv(ActionContext context, Parameter parameter) {
    return context.parameters().has(parameter.name())
        ? context.parameters().strings(parameter.name(), MAX_ARGUMENTS, MAX_ARGUMENT_LENGTH)
        : List.of();
  }

  private static RunProgram program(ActionContext context, List<String> argv) {
    return new RunProgram(argv, ENVIRONMENT, "", Bytes.EMPTY, context.limits());
  }
}
