package dev.sallyport.operation.user;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.operation.linux.ProcText;

/**
 * What one process tells of the log-in it belongs to; see proc_pid_status(5), proc_pid_stat(5), proc_pid_loginuid(5).
 *
 * <p>Only processes of people count, and only those that are nothing but their own: of a program that changed accounts (by the set-user-id bit,
 * {@code sudo}, {@code su}) the account is one and the environment another's word.
 *
 * @param loginUid the account of the log-in, or {@link #NO_LOGIN}
 * @param tty the terminal that it leads, or empty
 * @param startTicks since the system's start
 * @param variables see {@link ScreenVariables}
 */
record SessionProcess(Path directory, long uid, long gid, long loginUid, String tty, long startTicks,
    Map<String, String> variables) {
  /** What the kernel says where nobody logged in: a service, or a machine that does not keep count. */
  static final long NO_LOGIN = (1L << 32) - 1;

  /** Most bytes of an environment that are looked at; systems start programs with up to some MiB, sessions with some KiB. */
  static final int MAX_ENVIRONMENT_BYTES = 256 << 10;

  /** Accounts below belong to programs, such as the screen that asks for a password. */
  private static final long FIRST_PERSON = 1000;
  private static final long ROOT = 0;

  /** Fields of stat, counted from the one after the program's name, which is in parentheses and may itself contain any character. */
  private static final int SESSION = 3;
  private static final int TERMINAL = 4;
  private static final int START_TICKS = 19;

  /** Major numbers of terminals, see the kernel's list of devices. */
  private static final int CONSOLES = 4;
  private static final int MAX_CONSOLE = 63;
  private static final int FIRST_PTS = 136;
  private static final int LAST_PTS = 143;

  /** Returns it, unless it has gone, belongs to no person, or may not be looked at. */
  static Optional<SessionProcess> read(Path directory) {
    try {
      String status = ProcText.read(directory.resolve("status"));
      long uid = same(status, "Uid:");
      long gid = same(status, "Gid:");
      if (gid < 0 || (uid != ROOT && uid < FIRST_PERSON)) {
        return Optional.empty();
      }
      long loginUid = ProcText.leadingNumber(ProcText.readOrEmpty(directory.resolve("loginuid")), NO_LOGIN);
      if (loginUid != NO_LOGIN && loginUid != uid) {
        return Optional.empty();
      }
      String stat = ProcText.read(directory.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      if (fields.length <= START_TICKS) {
        return Optional.empty();
      }
      Path name = directory.getFileName();
      boolean leads = name != null && fields[SESSION].equals(name.toString());
      return Optional.of(new SessionProcess(directory, uid, gid, loginUid, leads ? terminal(fields[TERMINAL]) : "",
          ProcText.leadingNumber(fields[START_TICKS], 0), variables(directory)));
    } catch (IOException e) {
      // Gone, or another account's while the agent is not root.
      return Optional.empty();
    }
  }

  /** Real, effective, saved and file system's number if all are the same; else -1. */
  private static long same(String status, String label) {
    for (String line : ProcText.lines(status)) {
      if (line.startsWith(label)) {
        String[] numbers = line.substring(label.length()).strip().split("\\s+", -1);
        for (String number : numbers) {
          if (!number.equals(numbers[0])) {
            return -1;
          }
        }
        return ProcText.leadingNumber(numbers[0], -1);
      }
    }
    return -1;
  }

  private static Map<String, String> variables(Path directory) throws IOException {
    try (InputStream in = Files.newInputStream(directory.resolve("environ"))) {
      return ScreenVariables.of(in.readNBytes(MAX_ENVIRONMENT_BYTES));
    }
  }

  /** See {@code new_encode_dev} in the kernel: the minor number's upper bits lie above the major number. */
  private static String terminal(String field) {
    long device = ProcText.leadingNumber(field, 0);
    long major = (device >> 8) & 0xfff;
    long minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    if (major == CONSOLES && minor > 0 && minor <= MAX_CONSOLE) {
      return "tty" + minor;
    }
    return major >= FIRST_PTS && major <= LAST_PTS ? "pts/" + (((major - FIRST_PTS) << 20) + minor) : "";
  }
}
