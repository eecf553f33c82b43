package dev.sallyport.server.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Software, services, accounts and power, on a machine that answers as the test says. */
class ManagementActionsTest {
  private static final Actions ACTIONS = found();

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "/usr/bin/apt-get;/usr/bin/apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef"
          + " -o Dpkg::Options::=--force-confold install -- tree g++",
      "/usr/bin/dnf;/usr/bin/dnf -y install -- tree g++",
      "/usr/bin/zypper;/usr/bin/zypper --non-interactive install -- tree g++"})
  void packagesAreInstalledWithWhatTheMachineHas(String program, String argv) {
    var machine = machine("install-package", "{\"packages\":[\"tree\",\"g++\",\"tree\"],\"refresh\":false}");
    machine.files.add(program);
    machine.writes.put("query", "tree\t2.1\tinstalled\n");
    machine.writes.put("rpm", "tree\t2.1\npackage g++ is not installed\n");
    JsonObject value = run("install-package", machine);
    assertThat(machine.programs()).contains(argv);
    assertThat(value.objects("packages", 9).getFirst().text())
        .isEqualTo("{\"name\":\"tree\",\"before\":\"2.1\",\"after\":\"2.1\"}");
    assertThat(value.objects("packages", 9).getLast().text()).isEqualTo("{\"name\":\"g++\"}");
  }

  @Test
  void aMachineWithoutAKnownPackageManagerSaysSo() {
    assertThatThrownBy(() -> run("list-patches", machine("list-patches", "{}")))
        .isInstanceOfSatisfying(OperationEndedException.class, e -> {
          assertThat(e.result().outcome()).isEqualTo(Outcome.UNSUPPORTED);
          assertThat(e.result().reason()).contains("apt, dnf and zypper");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"--force", "-y", "$(reboot)", "a b", "tree-", "tree;reboot", "tree=1", "tree/sid", "tree^",
      "*", "../x", "a\\u0000b", "", "@group", "tree:i386", "`id`"})
  @DisplayName("T4 T12 no name of a package or a service can be an option, a pattern or a command")
  void namesAreNamesOnly(String name) {
    assertThatThrownBy(() -> valid("install-package", "{\"packages\":[\"" + name + "\"]}"))
        .isInstanceOf(ProtocolException.class).hasMessageContaining("packages[0]");
    if (!name.equals("tree-") && !name.equals("tree:i386") && !name.startsWith("@")) {
      assertThatThrownBy(() -> valid("service", "{\"service\":\"" + name + "\",\"do\":\"start\"}"))
          .isInstanceOf(ProtocolException.class).hasMessageContaining("service");
    }
    if (!name.equals("tree-")) {
      assertThatThrownBy(() -> valid("remove-user", "{\"user\":\"" + name + "\"}"))
          .isInstanceOf(ProtocolException.class).hasMessageContaining("user");
    }
  }

  @Test
  void patchesOfAptAreReadWithTheirOrigin() {
    var machine = machine("list-patches", "{\"refresh\":false}");
    machine.files.add("/usr/bin/apt-get");
    machine.writes.put("-s --with-new-pkgs upgrade", """
        NOTE: This is only a simulation!
        Inst libssl3 [3.0.15-1] (3.0.16-1~deb12u1 Debian-Security:12/stable-security [amd64])
        Inst tree [2.0] (2.1 Debian:12.9/stable [amd64]) []
        Inst linux-image-new (6.1.2 Debian:12/stable [amd64])
        Conf tree (2.1 Debian:12.9/stable [amd64])
        """);
    JsonObject value = run("list-patches", machine);
    assertThat(value.integer("count", 0, 9)).isEqualTo(3);
    assertThat(value.integer("security", 0, 9)).isEqualTo(1);
    assertThat(value.objects("patches", 9).getFirst().text()).isEqualTo("{\"name\":\"libssl3\",\"installed\":"
        + "\"3.0.15-1\",\"available\":\"3.0.16-1~deb12u1\",\"origin\":\"Debian-Security:12/stable-security\","
        + "\"security\":true}");
    assertThat(value.objects("patches", 9).getLast().string("installed")).isEmpty();
  }

  @Test
  void onlyThePatchesThatMendAWeaknessMayBeApplied() {
    var machine = machine("apply-patches", "{\"which\":\"security\",\"refresh\":false}");
    machine.files.add("/usr/bin/apt-get");
    machine.files.add("/run/reboot-required");
    machine.writes.put("-s --with-new-pkgs upgrade",
        "Inst a [1] (2 Debian-Security:12 [amd64])\nInst b [1] (2 Debian:12 [amd64])\n");
    JsonObject value = run("apply-patches", machine);
    assertThat(machine.programs()).anyMatch(argv -> argv.endsWith("--only-upgrade install -- a"));
    assertThat(value.bool("rebootWanted")).isTrue();
  }

  @Test
  void patchesOfDnfAndZypperAreReadToo() {
    var dnf = machine("list-patches", "{\"refresh\":false}");
    dnf.files.add("/usr/bin/dnf");
    dnf.writes.put("repoquery", "bash\t5.3-1\tupdates\n");
    assertThat(run("list-patches", dnf).text()).contains("\"name\":\"bash\"", "\"available\":\"5.3-1\"");
    var zypper = machine("list-patches", "{\"refresh\":false}");
    zypper.files.add("/usr/bin/zypper");
    zypper.writes.put("list-updates", """
        S | Repository | Name | Current Version | Available Version | Arch
        --+------------+------+-----------------+-------------------+-------
        v | updates    | bash | 5.1-1           | 5.2-1             | x86_64
        """);
    assertThat(run("list-patches", zypper).text()).contains("\"installed\":\"5.1-1\"", "\"available\":\"5.2-1\"");
  }

  @Test
  void aServiceIsManagedByItsNameAndToldOf() {
    var machine = machine("service", "{\"service\":\"ssh\",\"do\":\"restart\"}");
    machine.files.add("/run/systemd/system");
    machine.writes.put("show",
        "Id=ssh.service\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\n");
    JsonObject value = run("service", machine);
    assertThat(machine.programs()).contains("systemctl restart -- ssh");
    assertThat(value.string("active")).isEqualTo("active");
    assertThat(value.string("service")).isEqualTo("ssh.service");
  }

  @Test
  void aServiceThatIsNotThereIsNotStarted() {
    var machine = machine("service", "{\"service\":\"nope\",\"do\":\"start\"}");
    machine.files.add("/run/systemd/system");
    machine.writes.put("show", "LoadState=not-found\n");
    assertThatThrownBy(() -> run("service", machine)).hasMessageContaining("no service nope");
    assertThat(machine.programs()).noneMatch(argv -> argv.contains(" start "));
    assertThatThrownBy(() -> run("service-status", machine("service-status", "{\"service\":\"ssh\"}")))
        .hasMessageContaining("not run by systemd");
  }

  @Test
  @DisplayName("a password goes in by standard input, never as an argument")
  void aPasswordIsNoArgument() {
    var machine = machine("set-password", "{\"user\":\"anna\",\"password\":\"•••\"}");
    machine.files.add("/usr/sbin/useradd");
    machine.secrets.put("password", "s3cret:päss");
    run("set-password", machine);
    assertThat(machine.programs()).containsExactly("/usr/sbin/chpasswd");
    assertThat(machine.asked.getLast()).isInstanceOfSatisfying(RunProgram.class, program -> assertThat(
        program.stdin()).isEqualTo(dev.sallyport.protocol.Bytes.ofUtf8("anna:s3cret:päss\n")));
    assertThatThrownBy(() -> valid("set-password", "{\"user\":\"anna\",\"password\":\"a\\nroot:x\"}"))
        .isInstanceOf(ProtocolException.class).hasMessageContaining("password")
        .hasMessageNotContaining("root:x");
  }

  @Test
  void usersAreListedWithTheirGroups() {
    var machine = machine("list-users", "{}");
    machine.files.add("/usr/sbin/useradd");
    machine.writes.put("getent passwd",
        "root:x:0:0:root:/root:/bin/sh\nanna:x:1000:1000:Anna:/home/anna:/bin/bash\nnobody:x:65534:65534:::\n");
    machine.writes.put("getent group", "anna:x:1000:\nsudo:x:27:bert,anna\n");
    assertThat(run("list-users", machine).objects("users", 9)).singleElement()
        .satisfies(user -> assertThat(user.text()).contains("\"name\":\"anna\"", "[\"anna\",\"sudo\"]"));
  }

  @Test
  void aMachineIsBackWhenItsBootIdIsAnother() {
    var machine = machine("reboot", "{}");
    var boots = new ArrayDeque<>(List.of("one", "one", "one", "two"));
    machine.answer = operation -> Scripted.found(operation.name().equals("host.properties")
        ? JsonObject.builder().put("bootId", boots.removeFirst()).put("bootedMs", 5).build()
        : JsonObject.EMPTY);
    assertThat(run("reboot", machine).text()).isEqualTo("{\"before\":\"one\",\"after\":\"two\",\"booted\":5}");
  }

  @Test
  void aMachineThatDoesNotStartAnewIsAFailure() {
    var machine = machine("reboot", "{\"minutes\":1}");
    machine.answer = operation -> Scripted.found(JsonObject.builder().put("bootId", "one").put("bootedMs", 5).build());
    assertThatThrownBy(() -> run("reboot", machine)).hasMessageContaining("did not within 1 minutes");
  }

  @Test
  void numbersAndChoicesHaveBoundsAndDefaults() {
    assertThat(valid("list-processes", "{}").text()).isEqualTo("{\"by\":\"memory\",\"limit\":50}");
    assertThatThrownBy(() -> valid("list-processes", "{\"limit\":501}")).hasMessageContaining("from 1 to 500");
    assertThatThrownBy(() -> valid("list-processes", "{\"by\":\"name\"}")).hasMessageContaining("memory, cpu");
    assertThatThrownBy(() -> valid("reboot", "{\"wait\":\"yes\"}")).hasMessageContaining("true or false");
    assertThatThrownBy(() -> valid("change-user", "{\"user\":\"a\",\"do\":\"add-to-group\"}"))
        .hasMessageContaining("group");
  }

  @Test
  void aSecretIsPartedFromWhatMayBeShown() {
    Action action = ACTIONS.find("set-password").orElseThrow();
    Confidential parted = action.description().part(valid("set-password", "{\"user\":\"anna\",\"password\":\"hush\"}"));
    assertThat(parted.shown().text()).isEqualTo("{\"user\":\"anna\",\"password\":\"•••\"}");
    assertThat(parted.secrets()).containsOnlyKeys("password");
    assertThat(parted.toString()).doesNotContain("hush");
  }

  private static Scripted machine(String action, String json) {
    return new Scripted(valid(action, json));
  }

  private static JsonObject run(String name, Scripted machine) {
    return ACTIONS.find(name).orElseThrow().run(machine);
  }

  private static JsonObject valid(String name, String json) {
    Action action = ACTIONS.find(name).orElseThrow();
    JsonObject valid = action.description().validate((JsonObject) Json.parse(json));
    action.check(valid);
    return valid;
  }

  private static Actions found() {
    try (var context = new AnnotationConfigApplicationContext(ActionConfiguration.class)) {
      return context.getBean(Actions.class);
    }
  }
}
