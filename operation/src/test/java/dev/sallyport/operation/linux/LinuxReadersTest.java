package dev.sallyport.operation.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readers of {@code /proc}, {@code /sys} and {@code /etc}, on files of machines other than this one. */
final class LinuxReadersTest {
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"),
      (channel, bytes, offset, length) -> {
      });

  @TempDir
  Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
  }

  @Test
  void hostnameAndSystemComeFromTheKernelAndOsRelease() throws IOException {
    file("proc/sys/kernel/hostname", "web-7\n");
    file("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
    file("proc/sys/kernel/random/boot_id", "5d7c1b0e-1111-4222-8333-444455556666\n");
    file("etc/os-release",
        "# comment\nPRETTY_NAME=\"Debian \\\"12\\\" (bookworm)\"\nID=debian\nVERSION_ID='12'\nBROKEN\n=x\n");
    file("proc/stat", "cpu 1 2 3\nbtime 1700000000\n");

    JsonObject value = new LinuxHostOperation(root).run(new HostOperation.Properties(), CONTEXT).value();

    assertThat(value.string("hostname")).isEqualTo("web-7");
    assertThat(value.string("os")).isEqualTo("Debian \"12\" (bookworm)");
    assertThat(value.string("osId")).isEqualTo("debian");
    assertThat(value.string("osVersion")).isEqualTo("12");
    assertThat(value.string("kernel")).isEqualTo("6.1.0-18-amd64");
    assertThat(value.string("bootId")).isEqualTo("5d7c1b0e-1111-4222-8333-444455556666");
    assertThat(value.integer("bootedMs", 0, Long.MAX_VALUE)).isEqualTo(1_700_000_000_000L);
  }

  @Test
  void aMachineThatTellsNothingIsStillDescribed() {
    HostFacts facts = LinuxHostOperation.facts(root);

    assertThat(facts.hostname()).isEqualTo("unknown");
    assertThat(facts.os()).isEqualTo("Linux");
    assertThat(facts.kernel()).isEmpty();
    assertThat(new LinuxHostOperation(root).run(new HostOperation.Properties(), CONTEXT).outcome())
        .isEqualTo(Outcome.DONE);
  }

  @Test
  void bytesThatAreNoUtf8AreReplacedNotFatal() throws IOException {
    file("proc/sys/kernel/hostname", "b\u00fccher\n");

    assertThat(LinuxHostOperation.facts(root).hostname()).isEqualTo("b\uFFFDcher");
  }

  @Test
  void memoryIsTakenInBytes() throws IOException {
    file("proc/meminfo", """
        MemTotal:       16384 kB
        MemFree:  1024 kB
        MemAvailable:   8192 kB
        Buffers: 1 kB
        Cached: 2 kB
        SwapTotal: 4 kB
        SwapFree: 3 kB
        HugePages_Total:       5
        nonsense
        MemBad: x kB
        """);

    JsonObject value = new LinuxMemoryOperation(root.resolve("proc")).run(new HostOperation.Memory(), CONTEXT).value();

    assertThat(value).isEqualTo(
        JsonObject.builder().put("total", 16384L * 1024).put("available", 8192L * 1024).put("free", 1024L * 1024)
            .put("cached", 3L * 1024).put("swapTotal", 4L * 1024).put("swapFree", 3L * 1024).build());
  }

  @Test
  void missingFilesOfTheKernelAreAClearFailure() {
    assertThat(new LinuxMemoryOperation(root).run(new HostOperation.Memory(), CONTEXT))
        .satisfies(ending -> assertThat(ending.outcome()).isEqualTo(Outcome.FAILED))
        .satisfies(ending -> assertThat(ending.reason()).contains("meminfo"));
    assertThat(new LinuxProcessorsOperation(root).run(new HostOperation.Processors(), CONTEXT).outcome())
        .isEqualTo(Outcome.FAILED);
    assertThat(new LinuxDisksOperation(root, root).run(new HostOperation.Disks(), CONTEXT).outcome())
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void processorsCoresAndPackagesAreCounted() throws IOException {
    var cpuinfo = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      cpuinfo.append("processor\t: ").append(i)
          .append("\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon : Gold\nphysical id\t: ").append(i / 4)
          .append("\ncore id\t\t: ").append(i % 2).append("\n\n");
    }
    file("proc/cpuinfo", cpuinfo.toString());
    file("proc/loadavg", "0.50 1.25 12.00 3/512 4711\n");

    JsonObject value = new LinuxProcessorsOperation(root.resolve("proc")).run(new HostOperation.Processors(), CONTEXT)
        .value();

    assertThat(value.integer("logical", 0, 99)).isEqualTo(8);
    assertThat(value.integer("packages", 0, 99)).isEqualTo(2);
    assertThat(value.integer("cores", 0, 99)).isEqualTo(4);
    assertThat(value.string("model")).isEqualTo("Xeon : Gold");
    assertThat(value.array("load").size()).isEqualTo(3);
  }

  @Test
  void processorsWithoutTopologyAreOneCoreEach() throws IOException {
    file("proc/cpuinfo",
        "processor\t: 0\nBogoMIPS\t: 50.00\n\nprocessor\t: 1\nBogoMIPS\t: 50.00\n\nHardware\t: Board\n");

    JsonObject value = new LinuxProcessorsOperation(root.resolve("proc")).run(new HostOperation.Processors(), CONTEXT)
        .value();

    assertThat(value.integer("logical", 0, 99)).isEqualTo(2);
    assertThat(value.integer("cores", 0, 99)).isEqualTo(2);
    assertThat(value.string("model")).isEmpty();
  }

  @Test
  void mountsAreUnescapedFilteredAndRemoteOnesNotAskedForTheirSize() throws IOException {
    String local = root.toString();
    file("proc/self/mountinfo", """
        22 1 8:1 / %s rw,relatime shared:1 - ext4 /dev/sda1 rw
        23 1 8:1 /sub /again rw,relatime - ext4 /dev/sda1 rw
        24 1 0:5 / /proc rw - proc proc rw
        25 1 0:6 / /mnt/my\\040share\\134x ro,relatime master:3 propagate_from:2 - nfs4 server:/export rw
        26 1 0:7 / /home/u/cloud rw - fuse.sshfs host: rw
        27 1 0:8 / /run rw,nosuid - tmpfs tmpfs rw
        bad line
        28 1 - ext4
        """.formatted(local));
    file("sys/block/sda/size", "2048\n");
    file("sys/block/sda/queue/rotational", "1\n");
    file("sys/block/loop0/size", "99\n");

    Ending ending = new LinuxDisksOperation(root.resolve("proc"), root.resolve("sys")).run(new HostOperation.Disks(),
        CONTEXT);

    var mounts = ending.value().objects("mounts", 99);
    assertThat(mounts).extracting(mount -> mount.string("point")).containsExactly(local, "/mnt/my share\\x",
        "/home/u/cloud", "/run");
    assertThat(mounts).extracting(mount -> mount.bool("remote")).containsExactly(false, true, true, false);
    assertThat(mounts).extracting(mount -> mount.has("total")).containsExactly(true, false, false, true);
    assertThat(mounts).extracting(mount -> mount.bool("readOnly")).containsExactly(false, true, false, false);
    var devices = ending.value().objects("devices", 99);
    assertThat(devices).hasSize(1);
    assertThat(devices.getFirst().integer("bytes", 0, Long.MAX_VALUE)).isEqualTo(2048 * 512);
    assertThat(devices.getFirst().bool("rotational")).isTrue();
  }
}
