package dev.sallyport.server.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The actions with the real programs of this machine, where it is a Debian and the test is root: a user and a package of its own. */
class ThisMachineTest {
  private static final String USER = "sallyport-test";
  private static final String PACKAGE = "sallyport-test-package";

  @TempDir
  Path directory;

  private ThisMachine machine;

  @BeforeEach
  void onlyAsRootOnDebian() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/apt-get")) && Files.exists(Path.of("/usr/bin/dpkg-deb"))
        && Files.exists(Path.of("/usr/sbin/useradd")) && Files.isWritable(Path.of("/etc/shadow")),
        "needs root on Debian");
    machine = new ThisMachine(directory);
    cleanUp();
  }

  @AfterEach
  void cleanUp() throws Exception {
    if (machine != null) {
      machine.quietly("userdel", "--remove", USER);
      machine.quietly("dpkg", "--purge", PACKAGE);
    }
  }

  @Test
  void aPackageIsInstalledUpdatedAndRemoved() throws Exception {
    repository("1.0");
    JsonObject installed = run("install-package", "{\"packages\":[\"" + PACKAGE + "\"]}");
    assertThat(installed.text()).contains("\"after\":\"1.0\"").doesNotContain("before");
    repository("1.1");
    assertThat(run("list-patches", "{}").text())
        .contains("\"name\":\"" + PACKAGE + "\",\"installed\":\"1.0\",\"available\":\"1.1\"");
    assertThat(run("update-package", "{\"packages\":[\"" + PACKAGE + "\"]}").text())
        .contains("\"before\":\"1.0\",\"after\":\"1.1\"");
    assertThat(run("remove-package", "{\"packages\":[\"" + PACKAGE + "\"],\"settings\":true}").text())
        .contains("\"before\":\"1.1\"").doesNotContain("after");
  }

  @Test
  void aUserIsMadeGivenAPasswordLockedAndRemoved() throws Exception {
    machine.secret = "horse-battery-9";
    run("create-user", "{\"user\":\"" + USER + "\",\"fullName\":\"Test User\",\"password\":\"•••\"}");
    assertThat(shadow()).startsWith("$");
    assertThat(run("list-users", "{}").text()).contains("\"name\":\"" + USER + "\"", "Test User");
    run("change-user", "{\"user\":\"" + USER + "\",\"do\":\"lock\"}");
    assertThat(shadow()).startsWith("!");
    run("change-user", "{\"user\":\"" + USER + "\",\"do\":\"add-to-group\",\"group\":\"users\"}");
    assertThat(run("list-users", "{}").text()).containsPattern(USER + ".*\"groups\":\\[[^]]*\"users\"");
    run("change-user", "{\"user\":\"" + USER + "\",\"do\":\"remove-from-group\",\"group\":\"users\"}");
    run("remove-user", "{\"user\":\"" + USER + "\",\"home\":true}");
    assertThat(Files.readString(Path.of("/etc/passwd"))).doesNotContain(USER);
  }

  private static String shadow() throws IOException {
    return Files.readAllLines(Path.of("/etc/shadow")).stream().filter(line -> line.startsWith(USER + ":")).findFirst()
        .orElseThrow().split(":")[1];
  }

  /** Makes a package of this version the only one that apt knows of. */
  private void repository(String version) throws Exception {
    Path root = directory.resolve("package-" + version);
    Path control = Files.createDirectories(root.resolve("DEBIAN")).resolve("control");
    Files.writeString(control, "Package: " + PACKAGE + "\nVersion: " + version
        + "\nArchitecture: all\nMaintainer: Nobody <nobody@example.invalid>\nDescription: nothing, for a test\n");
    Path repository = Files.createDirectories(directory.resolve("repository"));
    Path deb = repository.resolve(PACKAGE + ".deb");
    machine.must("dpkg-deb", "--build", "--root-owner-group", root.toString(), deb.toString());
    byte[] bytes = Files.readAllBytes(deb);
    Files.writeString(repository.resolve("Packages"), Files.readString(control) + "Filename: ./" + deb.getFileName()
        + "\nSize: " + bytes.length + "\nSHA256: " + ThisMachine.sha256(bytes) + "\n\n", UTF_8);
    machine.apt(repository);
  }

  private JsonObject run(String name, String json) {
    try (var context = new AnnotationConfigApplicationContext(ActionConfiguration.class)) {
      Action action = context.getBean(Actions.class).find(name).orElseThrow();
      JsonObject valid = action.description().validate((JsonObject) Json.parse(json));
      action.check(valid);
      return action.run(machine.with(valid));
    }
  }
}
