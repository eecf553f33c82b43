package dev.sallyport.operation.user;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.operation.Outcome;

/**
 * Shows windows in sessions, each by a process that runs as the account whose session it is. What it shows goes to it by standard input, where
 * no list of processes shows it, and the window goes when the process is ended or the agent is.
 */
final class Dialogs {
  /** For Java to start and to end, on a machine that is busy with other things. */
  static final Duration START = Duration.ofMinutes(1);

  private static final String SET_ACCOUNT = "/usr/bin/setpriv";
  private static final String SET_VARIABLES = "/usr/bin/env";

  private final SystemTool tool;
  private final DialogProgram program;
  private final long self;

  /** @param self the number of the agent's account */
  Dialogs(SystemTool tool, DialogProgram program, long self) {
    this.tool = tool;
    this.program = program;
    this.self = self;
  }

  DialogProgram program() {
    return program;
  }

  /**
   * Shows it in all these sessions at once and waits until each has answered or its time is over.
   *
   * @return in the order of the sessions
   * @throws InterruptedException if somebody cancelled it; then all windows have gone
   */
  List<DialogAnswer> show(List<UserSession> sessions, DialogRequest request, List<String> java,
      OperationContext context) throws InterruptedException {
    var tasks = new ArrayList<Callable<DialogAnswer>>();
    for (UserSession session : sessions) {
      tasks.add(() -> show(session, request, java, context));
    }
    var answers = new ArrayList<DialogAnswer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<DialogAnswer> answer : threads.invokeAll(tasks)) {
        answers.add(answer.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a window could not be asked for", e);
    }
    return answers;
  }

  private DialogAnswer show(UserSession session, DialogRequest request, List<String> java, OperationContext context) {
    if (session.display().isEmpty()) {
      return DialogAnswer.not("this session has Wayland without X11; install XWayland");
    }
    if (session.uid() != self && !SystemTool.isThere(SET_ACCOUNT)) {
      return DialogAnswer.not("a window is shown as " + session.user() + " with " + SET_ACCOUNT
          + ", which this machine lacks; install util-linux");
    }
    Duration limit = request.time().plus(START);
    return switch (tool.converse(argv(session, java), request.encode(), limit, DialogAnswer.MAX_BYTES, context)) {
      case SystemTool.Answer.Ended ended -> explained(DialogAnswer.of(request, ended), session, java);
      case SystemTool.Answer.Not not when not.ending().outcome() == Outcome.EXPIRED ->
        DialogAnswer.not("the program that shows windows did not end in time and was ended");
      case SystemTool.Answer.Not not -> DialogAnswer.not(not.ending().reason());
    };
  }

  /** An agent that was unpacked in somebody's own directory has its program where nobody else can read it. */
  private DialogAnswer explained(DialogAnswer answer, UserSession session, List<String> java) {
    if (answer.wasShown() || session.uid() == self) {
      return answer;
    }
    Path jar = Path.of(program.classPath().split(File.pathSeparator, -1)[0]);
    return DialogProgram.barrier(Path.of(java.getFirst())).or(() -> DialogProgram.barrier(jar))
        .map(barrier -> DialogAnswer.not(session.user() + " may not read " + barrier
            + ", where the program that shows windows is; put the agent where all accounts may read it, in /opt for instance"))
        .orElse(answer);
  }

  /** All that is given to the program: nothing of the agent's environment, of the session's only what finds the screen. */
  List<String> argv(UserSession session, List<String> java) {
    var argv = new ArrayList<String>();
    if (session.uid() != self) {
      argv.addAll(List.of(SET_ACCOUNT, "--reuid", Long.toString(session.uid()), "--regid",
          Long.toString(session.gid()), "--init-groups", "--no-new-privs", "--reset-env", "--"));
    }
    argv.add(SET_VARIABLES);
    new TreeMap<>(session.environment()).forEach((name, value) -> argv.add(name + "=" + value));
    argv.addAll(java);
    return argv;
  }
}
