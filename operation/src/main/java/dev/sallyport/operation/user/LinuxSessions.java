package dev.sallyport.operation.user;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.operation.linux.ProcText;

/**
 * Finds log-ins by their processes, which every Linux has, whatever keeps its log-ins.
 *
 * <p>A log-in at a screen is what processes of one account with one display are, if that display is of this machine and may be theirs: its
 * socket in {@code /tmp/.X11-unix} belongs to the account, or to root. So nobody can name another's screen, and no program of the agent's is
 * ever led to a display that somebody made for it: root's own screen counts only if nobody else is at it. A log-in at a terminal is a process
 * that leads one and that the kernel knows as logged in.
 */
final class LinuxSessions implements UserSessions {
  /** Most log-ins that are told of, and most of one account: more are no people. */
  static final int MAX_SESSIONS = 64;
  static final int MAX_OF_ONE_USER = 8;

  private static final long ROOT = 0;
  private static final long TICKS_PER_SECOND = 100;

  private final Path proc;
  private final Path displays;
  private final Accounts accounts;

  LinuxSessions(Path root, Accounts accounts) {
    this.proc = root.resolve("proc");
    this.displays = root.resolve("tmp/.X11-unix");
    this.accounts = accounts;
  }

  /** From an account's number to its name. */
  @FunctionalInterface
  interface Accounts {
    /** As the system names the owner of a process. */
    Accounts OF_SYSTEM = (process, uid) -> {
      try {
        return owner(process) == uid
            ? Optional.of(Files.getOwner(process).getName())
            : Optional.empty();
      } catch (IOException e) {
        // It has gone meanwhile.
        return Optional.empty();
      }
    };

    Optional<String> name(Path process, long uid);
  }

  /** Returns the number of the account that owns a file; numbers of accounts have 32 bits and no sign. */
  static long owner(Path file) throws IOException {
    return Integer.toUnsignedLong((Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public List<UserSession> find() {
    Map<String, Login> logins = new LinkedHashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path directory : processes) {
        SessionProcess.read(directory).ifPresent(process -> add(process, logins));
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Without a readable /proc there is nobody to be seen.
      return List.of();
    }
    List<Login> shown = new ArrayList<>(logins.values());
    shown.removeIf(login -> login.isRoot() && shown.stream().anyMatch(login::sharesDisplayWith));
    shown.removeIf(login -> login.isPartOfAny(logins.values()));
    return sessions(shown);
  }

  private void add(SessionProcess process, Map<String, Login> logins) {
    String display = ScreenVariables.display(process.variables());
    String wayland = process.variables().getOrDefault(ScreenVariables.WAYLAND, "");
    if (!display.isEmpty()) {
      if (mayBeOf(display, process.uid())) {
        logins.computeIfAbsent(process.uid() + display, _ -> new Login(display, "")).add(process);
      }
    } else if (!wayland.isEmpty() && process.uid() != ROOT) {
      logins.computeIfAbsent(process.uid() + "/" + wayland, _ -> new Login("", "")).add(process);
    } else if (!process.tty().isEmpty() && process.loginUid() != SessionProcess.NO_LOGIN) {
      logins.computeIfAbsent(process.uid() + " " + process.tty(), _ -> new Login("", process.tty())).add(process);
    }
  }

  /** Whether the display is there and may be this account's. */
  private boolean mayBeOf(String display, long uid) {
    try {
      long owner = owner(displays.resolve("X" + display.substring(1)));
      return owner == uid || owner == ROOT;
    } catch (IOException e) {
      // No such display here: one of a container, or one that has gone.
      return false;
    }
  }

  private List<UserSession> sessions(List<Login> logins) {
    long boot = bootSeconds();
    var found = new ArrayList<UserSession>();
    var ofUser = new LinkedHashMap<Long, Integer>();
    logins.sort(Comparator.comparing((Login login) -> !login.tty.isEmpty()).thenComparingLong(login -> login.since));
    for (Login login : logins) {
      String name = accounts.name(login.best().directory(), login.best().uid()).orElse("");
      if (!name.isEmpty() && found.size() < MAX_SESSIONS
          && ofUser.merge(login.best().uid(), 1, Integer::sum) <= MAX_OF_ONE_USER) {
        found.add(login.session(name, Instant.ofEpochSecond(boot).plusMillis(login.since * 1000 / TICKS_PER_SECOND)));
      }
    }
    return found;
  }

  private long bootSeconds() {
    for (String line : ProcText.lines(ProcText.readOrEmpty(proc.resolve("stat")))) {
      if (line.startsWith("btime ")) {
        return ProcText.leadingNumber(line.substring("btime ".length()), 0);
      }
    }
    return 0;
  }

  /** Processes of one log-in. Not all of them know all of it; the oldest that knows most of it stands for all. */
  private static final class Login {
    private final String display;
    private final String tty;
    private final List<SessionProcess> processes = new ArrayList<>(1);
    private String wayland = "";
    private long since = Long.MAX_VALUE;

    Login(String display, String tty) {
      this.display = display;
      this.tty = tty;
    }

    void add(SessionProcess process) {
      since = Math.min(since, process.startTicks());
      if (wayland.isEmpty()) {
        wayland = process.variables().getOrDefault(ScreenVariables.WAYLAND, "");
      }
      if (processes.isEmpty()) {
        processes.add(process);
      } else if (betterThan(process, processes.getFirst())) {
        processes.set(0, process);
      }
    }

    private static boolean betterThan(SessionProcess one, SessionProcess other) {
      int more = one.variables().size() - other.variables().size();
      return more > 0 || (more == 0 && one.startTicks() < other.startTicks());
    }

    SessionProcess best() {
      return processes.getFirst();
    }

    boolean isRoot() {
      return best().uid() == ROOT;
    }

    boolean sharesDisplayWith(Login other) {
      return !display.isEmpty() && display.equals(other.display) && other.best().uid() != best().uid();
    }

    /** Processes that know only of Wayland belong to the log-in whose others know of X11, too. */
    boolean isPartOfAny(Iterable<Login> others) {
      if (!display.isEmpty() || !tty.isEmpty()) {
        return false;
      }
      for (Login other : others) {
        if (!other.display.isEmpty() && other.best().uid() == best().uid() && other.wayland.equals(wayland)) {
          return true;
        }
      }
      return false;
    }

    UserSession session(String user, Instant started) {
      return new UserSession(user, best().uid(), best().gid(), display, wayland, tty, started, best().variables());
    }
  }
}
