package dev.sallyport.operation.user;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.UserOperation;

/**
 * The family of operations that concern whoever sits at the machine.
 *
 * <p>{@code user.sessions}: {@code sessions}, each with {@code user uid sinceMs} and the place: {@code display wayland tty}. The others:
 * {@code sessions}, each with {@code user}, the place, and either {@code shown} and {@code answer} or the {@code reason} why it was not shown;
 * {@code user.ask} also has the {@code answer} by itself.
 */
public final class UserOperations implements Primitive<UserOperation> {
  static final String NOBODY = "nobody is logged in at a screen of this machine";

  /** Who is nobody on any machine, where the agent's own account cannot be told. */
  private static final long UNKNOWN = -1;
  private static final long ROOT = 0;

  private final UserSessions sessions;
  private final Dialogs dialogs;
  private final long self;

  UserOperations(UserSessions sessions, Dialogs dialogs, long self) {
    this.sessions = sessions;
    this.dialogs = dialogs;
    this.self = self;
  }

  /** Those of Linux. */
  public static UserOperations ofLinux(Path root, SystemTool tool) {
    long self = self(root);
    return new UserOperations(new LinuxSessions(root, LinuxSessions.Accounts.OF_SYSTEM),
        new Dialogs(tool, DialogProgram.packaged(), self), self);
  }

  private static long self(Path root) {
    try {
      return LinuxSessions.owner(root.resolve("proc/self/status").toRealPath());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Another operating system, for which none of this is built.
      return UNKNOWN;
    }
  }

  @Override
  public Ending run(UserOperation operation, OperationContext context) {
    return switch (operation) {
      case UserOperation.Sessions _ -> list();
      case UserOperation.Message(var words) ->
        tell(new DialogRequest(DialogRequest.Kind.MESSAGE, words), context);
      case UserOperation.Notice(var words) -> tell(new DialogRequest(DialogRequest.Kind.NOTICE, words), context);
      case UserOperation.Ask(var words) -> tell(new DialogRequest(DialogRequest.Kind.ASK, words), context);
    };
  }

  private Ending list() {
    List<Json> found = new ArrayList<>();
    sessions.find().forEach(session -> found.add(session.toJson()));
    return Ending.found(JsonObject.builder().put("sessions", JsonArray.of(found)).build());
  }

  private Ending tell(DialogRequest request, OperationContext context) {
    DialogProgram program = dialogs.program();
    if (program.classPath().isEmpty()) {
      return Ending.without(Outcome.UNSUPPORTED, DialogProgram.MISSING_PROGRAM);
    }
    List<UserSession> atScreens = new ArrayList<>(sessions.find());
    atScreens.removeIf(session -> !session.graphical());
    if (atScreens.isEmpty()) {
      return Ending.without(Outcome.UNSUPPORTED, NOBODY + seenBy());
    }
    List<UserSession> meant = new ArrayList<>(atScreens);
    String user = request.words().user();
    meant.removeIf(session -> !user.isEmpty() && !session.user().equals(user));
    if (meant.isEmpty()) {
      return Ending.without(Outcome.FAILED,
          user + " is not logged in at a screen of this machine" + seenBy() + "; who is: " + names(atScreens));
    }
    if (request.kind() == DialogRequest.Kind.ASK && meant.size() > 1) {
      if (user.isEmpty()) {
        return Ending.without(Outcome.FAILED,
            "a question goes to one person, and several are logged in; name one of them as user: " + names(meant));
      }
      // Whoever has several screens sits at the one of the newest log-in.
      meant = List.of(meant.getLast());
    }
    Optional<Path> java = program.findJava(self);
    if (java.isEmpty()) {
      return Ending.without(Outcome.UNSUPPORTED, "this machine has no Java that shows windows and that nobody but root "
          + "and the agent can change; put the agent's own (lib/dialog/runtime) back, or install Java "
          + DialogProgram.OLDEST_JAVA
          + " or newer with windows (on Debian: default-jre)");
    }
    return show(meant, request, program.argv(java.get()), context);
  }

  private Ending show(List<UserSession> meant, DialogRequest request, List<String> java, OperationContext context) {
    List<DialogAnswer> answers;
    try {
      answers = dialogs.show(meant, request, java, context);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Ending.without(Outcome.CANCELLED, "cancelled; the windows were taken away");
    }
    List<Json> told = new ArrayList<>();
    String answer = "";
    for (int i = 0; i < meant.size(); i++) {
      told.add(answers.get(i).toJson(meant.get(i)));
      answer = answers.get(i).wasShown() ? answers.get(i).answer() : answer;
    }
    if (answer.isEmpty()) {
      return Ending.without(Outcome.FAILED, reasons(meant, answers));
    }
    var value = JsonObject.builder();
    if (request.kind() == DialogRequest.Kind.ASK) {
      value.put("answer", answer);
    }
    return Ending.found(value.put("sessions", JsonArray.of(told)).build());
  }

  /** An agent that is not root sees no other account's log-ins. */
  private String seenBy() {
    return self == ROOT ? "" : ", as far as the agent's account, " + System.getProperty("user.name", "") + ", may see";
  }

  private static String names(List<UserSession> sessions) {
    var names = new ArrayList<String>();
    sessions.forEach(session -> names.add(session.user() + " (" + session.place() + ")"));
    return String.join(", ", names);
  }

  private static String reasons(List<UserSession> meant, List<DialogAnswer> answers) {
    var reasons = new ArrayList<String>();
    for (int i = 0; i < meant.size(); i++) {
      reasons.add(meant.get(i).user() + " (" + meant.get(i).place() + "): " + answers.get(i).reason());
    }
    return String.join("; ", reasons);
  }
}
