package dev.sallyport.operation.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A machine made of files: processes in {@code proc}, and sockets of displays, which belong to whoever runs this test. */
@EnabledOnOs(OS.LINUX)
final class LinuxSessionsTest {
  private static final long BOOT = 1_700_000_000;
  private static final long NO_LOGIN = SessionProcess.NO_LOGIN;

  @TempDir
  Path root;

  /** Of whoever runs this test: whose displays these are. */
  private long owner;
  /** Somebody whose displays these may be. */
  private long person;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    owner = LinuxSessions.owner(root);
    person = owner == 0 ? 1000 : owner;
    write("proc/stat", "cpu 1 2 3\nbtime " + BOOT + "\n");
    Files.createDirectories(root.resolve("tmp/.X11-unix"));
  }

  private List<UserSession> find() {
    return new LinuxSessions(root, (process, uid) -> Optional.of("u" + uid)).find();
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void display(int number) throws IOException {
    write("tmp/.X11-unix/X" + number, "");
  }

  private void process(int pid, long uid, long loginUid, int startTicks, String environ) throws IOException {
    process(pid, uid + "\t" + uid + "\t" + uid + "\t" + uid, loginUid, "1 " + pid + " " + pid + " 0", startTicks,
        environ);
  }

  /** @param places parent, group, session and terminal, as stat has them */
  private void process(int pid, String uids, long loginUid, String places, int startTicks, String environ)
      throws IOException {
    write("proc/" + pid + "/status", "Name:\tx\nUid:\t" + uids + "\nGid:\t100\t100\t100\t100\n");
    write("proc/" + pid + "/loginuid", Long.toString(loginUid));
    write("proc/" + pid + "/stat", pid + " (a) b) S " + places + " -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + startTicks
        + " 0 0\n");
    write("proc/" + pid + "/environ", environ);
  }

  @Test
  void aMachineWithoutAScreenHasNobody() throws IOException {
    process(1, 0, NO_LOGIN, 1, "PATH=/bin\0");
    write("proc/self/status", "no process");
    assertThat(find()).isEmpty();
    assertThat(new LinuxSessions(root.resolve("nothing"), (process, uid) -> Optional.empty()).find()).isEmpty();
  }

  @Test
  @DisplayName("K8 processes of one account with one display are a log-in, since the oldest of them")
  void processesOfOneDisplayAreOneLogin() throws IOException {
    display(0);
    process(10, person, person, 500, "DISPLAY=:0\0");
    process(11, person, person, 300, "DISPLAY=:0.0\0XAUTHORITY=/run/a\0WAYLAND_DISPLAY=wayland-0\0");
    process(12, person, person, 200, "WAYLAND_DISPLAY=wayland-0\0");
    process(13, person, person, 400, "DISPLAY=:0\0XAUTHORITY=/run/b\0WAYLAND_DISPLAY=wayland-0\0");

    assertThat(find()).singleElement().satisfies(session -> {
      assertThat(session.toJson().text()).isEqualTo("{\"user\":\"u" + person
          + "\",\"display\":\":0\",\"wayland\":\"wayland-0\",\"uid\":" + person + ",\"sinceMs\":"
          + Instant.ofEpochSecond(BOOT + 3).toEpochMilli() + "}");
      assertThat(session.environment()).containsEntry("XAUTHORITY", "/run/a");
      assertThat(session.gid()).isEqualTo(100);
      assertThat(session.graphical()).isTrue();
    });
  }

  @Test
  void aLoginWithWaylandAloneIsToldOfToo() throws IOException {
    process(10, 1001, 1001, 100, "WAYLAND_DISPLAY=wayland-1\0");
    assertThat(find()).singleElement().satisfies(session -> {
      assertThat(session.display()).isEmpty();
      assertThat(session.place()).isEqualTo("wayland-1");
      assertThat(session.graphical()).isTrue();
    });
  }

  @Test
  void terminalsAreToldOfWhereTheKernelKnowsWhoLoggedIn() throws IOException {
    process(10, "1000 1000 1000 1000", 1000, "1 10 10 1026", 100, ""); // tty2
    process(11, "1000 1000 1000 1000", 1000, "1 11 11 34821", 200, ""); // pts/5
    process(12, "1000 1000 1000 1000", 1000, "10 12 10 1026", 300, ""); // leads nothing
    process(13, "0 0 0 0", NO_LOGIN, "1 13 13 1025", 400, ""); // waits for a log-in
    process(14, "1000 1000 1000 1000", 1000, "1 14 14 1088", 400, ""); // a serial line
    assertThat(find()).extracting(UserSession::tty).containsExactly("tty2", "pts/5");
    assertThat(find()).noneMatch(UserSession::graphical);
  }

  @Test
  @DisplayName("T42 a process that changed accounts speaks for neither: its environment is another's word")
  void whoChangedAccountsIsNobody() throws IOException {
    display(0);
    process(10, "1000 0 0 0", 1000, "1 10 10 0", 100, "DISPLAY=:0\0XAUTHORITY=/home/x/a\0"); // set-user-id
    process(11, "0 0 0 0", 1000, "1 11 11 0", 100, "DISPLAY=:0\0XAUTHORITY=/home/x/a\0"); // sudo
    process(12, "0 0 0 1000", NO_LOGIN, "1 12 12 0", 100, "DISPLAY=:0\0");
    process(13, "112 112 112 112", NO_LOGIN, "1 13 13 0", 100, "DISPLAY=:0\0"); // the screen that asks for a password
    assertThat(find()).isEmpty();
  }

  @Test
  void rootsScreenCountsOnlyWhereNobodyElseIsAtIt() throws IOException {
    display(0);
    display(1);
    process(10, 0, NO_LOGIN, 100, "DISPLAY=:0\0");
    process(11, person, NO_LOGIN, 200, "DISPLAY=:0\0");
    process(12, 0, NO_LOGIN, 300, "DISPLAY=:1\0");
    assertThat(find()).extracting(session -> session.uid() + session.display())
        .containsExactlyElementsOf(owner == 0 ? List.of("1000:0", "0:1") : List.of(owner + ":0"));
  }

  @Test
  void aDisplayThatIsNotHereIsNobodys() throws IOException {
    process(10, 1000, 1000, 100, "DISPLAY=:7\0"); // of a container
    process(11, 1000, 1000, 100, "DISPLAY=localhost:10.0\0"); // of another machine
    assertThat(find()).isEmpty();
  }

  @Test
  void somebodyElsesDisplayCannotBeNamed() throws IOException {
    display(3);
    if (owner == 0) {
      Files.setAttribute(root.resolve("tmp/.X11-unix/X3"), "unix:uid", 1000);
    }
    process(10, 1002, 1002, 100, "DISPLAY=:3\0");
    assertThat(find()).isEmpty();
  }

  @Test
  void nobodyFillsTheListWithLoginsOfTheirMaking() throws IOException {
    for (int i = 0; i < 40; i++) {
      process(100 + i, 1000, 1000, 100, "WAYLAND_DISPLAY=w" + i + "\0");
    }
    process(10, 1001, 1001, 500, "WAYLAND_DISPLAY=wayland-0\0");
    assertThat(find()).hasSize(LinuxSessions.MAX_OF_ONE_USER + 1).last()
        .satisfies(session -> assertThat(session.uid()).isEqualTo(1001));
  }

  @Test
  void whatIsBrokenIsPassedOver() throws IOException {
    display(0);
    process(10, 0, NO_LOGIN, 100, "DISPLAY=:0\0");
    write("proc/11/status", "Uid:\t\nGid:\n");
    write("proc/12/status", "Uid:\t1000 1000 1000 1000\nGid:\t100 100 100 100\n");
    write("proc/13/status", "Uid:\tx\n");
    write("proc/14/status", "");
    write("proc/15/status", "Uid:\t0 0 0 0\nGid:\t0 0 0 0\n");
    write("proc/15/stat", "15 (x");
    write("proc/15/environ", "");
    Files.createDirectories(root.resolve("proc/16x"));
    assertThat(find()).hasSize(owner == 0 ? 1 : 0);
  }
}
