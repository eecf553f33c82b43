package dev.sallyport.operation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.AuditOperation;
import dev.sallyport.protocol.operation.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found on machines other than this one, and on this one. */
@DisabledOnOs(OS.WINDOWS)
final class SourcesTest {
  @TempDir
  Path root;

  @TempDir
  Path notes;

  private AuditScene scene;

  @BeforeEach
  void machine() {
    scene = new AuditScene(root, notes);
  }

  private static JsonObject item(Map<String, JsonObject> all, String key) {
    return Objects.requireNonNull(all.get(key), key);
  }

  @Test
  void packagesOfAllManagersAreTold() throws IOException {
    scene.file("var/lib/dpkg/status", """
        Package: openssl
        Status: install ok installed
        Installed-Size: 10
        Maintainer: A <a@b>
        Architecture: amd64
        Version: 3.0.2-1
        Description: x
         Package: not-me

        Package: removed
        Status: deinstall ok config-files
        Architecture: all
        Version: 1
        """);
    scene.program("usr/bin/rpm",
        "printf 'bash\\t0:5.1-2\\tx86_64\\t(none)\\t100\\ngcc\\t1:9-1\\tx86_64\\tRed Hat\\t5\\nodd\\n'");
    scene.program("usr/bin/flatpak", "printf 'org.gimp.GIMP\\t2.10\\tstable\\tflathub\\n'");
    scene.program("usr/bin/snap",
        "printf 'Name  Version  Rev  Tracking  Publisher  Notes\\ncore   16-2  17  latest/stable  canonical*  core\\n'");

    Map<String, JsonObject> all = scene.all(AuditSection.SOFTWARE);

    assertThat(all.keySet()).containsExactly("dpkg openssl:amd64", "flatpak org.gimp.GIMP stable",
        "rpm bash-5.1-2.x86_64", "rpm gcc-1:9-1.x86_64", "snap core");
    assertThat(item(all, "dpkg openssl:amd64").text()).isEqualTo(
        "{\"manager\":\"dpkg\",\"name\":\"openssl\",\"version\":\"3.0.2-1\",\"arch\":\"amd64\",\"vendor\":\"A \\u003ca@b\\u003e\",\"bytes\":10240}");
  }

  @Test
  @DisplayName("a manager that fails makes the section fail: nothing may seem to be gone that only could not be read")
  void aManagerThatFailsIsNotAnEmptyOne() throws IOException {
    scene.file("var/lib/dpkg/status", "");
    scene.program("usr/bin/rpm", "echo 'db is locked' >&2; exit 1");

    Ending ending = scene.run(new AuditOperation.Take(AuditSection.SOFTWARE, "", List.of()),
        new ByteArrayOutputStream());

    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.reason()).contains("rpm").contains("db is locked");
  }

  @Test
  void aMachineThatHasNothingTellsWhatItLacks() throws IOException {
    for (AuditSection section : AuditSection.values()) {
      var told = scene.told(section, "", section == AuditSection.FILES ? new String[]{"/etc/**"} : new String[0]);
      assertThat(told.changes().isEmpty()).as(section.word()).isEqualTo(section != AuditSection.SYSTEM);
      assertThat(told.summary().unsupported().isEmpty()).as(section.word())
          .isEqualTo(section == AuditSection.SYSTEM || section == AuditSection.FILES);
    }
  }

  @Test
  @DisplayName("T19 bytes that are no text and lines without an end do no harm")
  void hostileBytesInTheStatusOfPackages() throws IOException {
    scene.file("var/lib/dpkg/status", "Package: a\u001b[2J\u0000\u00ff\nStatus: install ok installed\nVersion: "
        + "9".repeat(100_000) + "\n\n\n\n:\n::\nPackage:\nStatus: install ok installed\n\u0000\u0001\u0002");

    Map<String, JsonObject> all = scene.all(AuditSection.SOFTWARE);

    assertThat(all.keySet()).containsExactly("dpkg a\uFFFD[2J\uFFFD\uFFFD:");
    assertThat(all.values()).allSatisfy(fields -> assertThat(fields.string("version")).hasSize(512));
  }

  @Test
  void aLineOfAGigabyteTakesTheMemoryOfAShortOne() throws IOException {
    var endless = new InputStream() {
      private long left = 1L << 30;

      @Override
      public int read() {
        throw new AssertionError("bytes are read in blocks");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        int count = (int) Math.min(length, left);
        java.util.Arrays.fill(bytes, offset, offset + count, (byte) 'x');
        left -= count;
        return count == 0 ? -1 : count;
      }
    };
    try (var lines = new BoundedLines(endless)) {
      assertThat(lines.next()).hasSize(BoundedLines.MAX_LINE_BYTES);
      assertThat(lines.next()).isNull();
    }
  }

  @Test
  void accountsAreToldWithoutTheirPasswords() throws IOException {
    scene.file("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nada:x:1:1:Ada,,,:/home/ada:/bin/sh\nbroken:x\n");
    scene.file("etc/shadow", "root:$6$secret$hash:1:0:9:7:::\nada:!:1::::::\n");
    scene.file("etc/group", "sudo:x:27:ada,bob\n");
    ByteBuffer lastlog = ByteBuffer.allocate(2 * 292).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 1_700_000_000);
    Files.createDirectories(root.resolve("var/log"));
    Files.write(root.resolve("var/log/lastlog"), lastlog.array());

    Map<String, JsonObject> all = scene.all(AuditSection.USERS);

    assertThat(all.keySet()).containsExactly("group sudo", "user ada", "user root");
    assertThat(item(all, "user root").text()).doesNotContain("secret").contains("\"locked\":false")
        .contains("\"lastLoginMs\":1700000000000");
    assertThat(item(all, "user ada").text()).contains("\"locked\":true").doesNotContain("lastLogin");
    assertThat(item(all, "group sudo").string("members")).isEqualTo("ada,bob");
  }

  @Test
  void portsAreThoseThatWaitWithWhoOpenedThem() throws IOException {
    String head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    scene.file("proc/net/tcp", head + "   0: 0100007F:0016 00000000:0000 0A 0:0 0:0 0 0 0 77 1 0\n"
        + "   1: 0100007F:0016 0100007F:9999 01 0:0 0:0 0 0 0 78 1 0\n   2: ZZ:1 00000000:0000 0A 0:0 0:0 0 0 0 79 1 0\n");
    scene.file("proc/net/tcp6", head
        + "   0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 80 1 0\n");
    scene.file("proc/net/udp", head + "   0: 00000000:0044 00000000:0000 07 0:0 0:0 0 0 0 81 1 0\n");
    scene.file("proc/stat", "btime 1700000000\n");
    scene.file("proc/42/stat", "42 (ssh d)) S 1 " + "0 ".repeat(60));
    scene.file("proc/42/cmdline", "sshd\0");
    scene.link("proc/42/fd/3", "socket:[77]");
    scene.link("proc/42/fd/4", "/dev/null");

    Map<String, JsonObject> all = scene.all(AuditSection.PORTS);

    assertThat(all.keySet()).containsExactly("tcp 127.0.0.1 22", "tcp6 0:0:0:0:0:0:0:1 8080", "udp 0.0.0.0 68");
    assertThat(item(all, "tcp 127.0.0.1 22").string("program")).isEqualTo("ssh d)");
  }

  @Test
  void servicesComeFromSystemd() throws IOException {
    Files.createDirectories(root.resolve("run/systemd/system"));
    scene.program("usr/bin/systemctl",
        """
            case "$1" in
              list-unit-files) echo '[{"unit_file":"ssh.service","state":"enabled","preset":null},{"unit_file":"x@.service","state":null}]';;
              list-units) echo '[{"unit":"ssh.service","load":"loaded","active":"active","sub":"running","description":"OpenSSH"}]';;
            esac
            """);
    Map<String, JsonObject> all = scene.all(AuditSection.SERVICES);
    assertThat(all.keySet()).containsExactly("ssh.service", "x@.service");
    assertThat(item(all, "ssh.service").text()).isEqualTo(
        "{\"startup\":\"enabled\",\"state\":\"active\",\"sub\":\"running\",\"description\":\"OpenSSH\"}");

    scene.program("usr/bin/systemctl", "echo '[{'");
    Ending ending = scene.run(new AuditOperation.Take(AuditSection.SERVICES, "", List.of()),
        new ByteArrayOutputStream());
    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void printersAreToldWithoutLogins() throws IOException {
    scene.file("etc/cups/printers.conf", """
        # Printer configuration file
        <DefaultPrinter office>
        Info Second floor
        MakeModel HP LaserJet
        DeviceURI smb://ada:pa/ss@host/queue
        StateTime 1700000000
        </DefaultPrinter>
        <Printer other>
        DeviceURI ipp://printer.local/ipp
        </Printer>
        <Printer unfinished>
        """);
    Map<String, JsonObject> all = scene.all(AuditSection.PRINTERS);
    assertThat(all.keySet()).containsExactly("office", "other");
    assertThat(item(all, "office").text()).isEqualTo("{\"default\":true,\"description\":\"Second floor\","
        + "\"model\":\"HP LaserJet\",\"device\":\"smb://host/queue\"}");
    assertThat(item(all, "other").string("device")).isEqualTo("ipp://printer.local/ipp");
  }

  @Test
  void hardwareComesFromProcAndSys() throws IOException {
    scene.file("proc/cpuinfo",
        "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon\nphysical id\t: 0\ncore id\t: 0\n\n");
    scene.file("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 1 kB\n");
    scene.file("sys/class/dmi/id/bios_vendor", "SeaBIOS\n");
    scene.file("sys/class/dmi/id/board_name", "X11\n");
    scene.file("sys/block/sda/size", "2048\n");
    scene.file("sys/block/sda/device/model", "Disk \u001b]0;x\n");
    scene.file("sys/block/loop0/size", "2048\n");
    scene.file("sys/class/net/eth0/device/x", "");
    scene.file("sys/class/net/eth0/address", "00:11:22:33:44:55\n");
    scene.file("sys/class/net/veth1/address", "00:11:22:33:44:56\n");
    scene.file("sys/bus/usb/devices/1-1/idVendor", "046d\n");
    scene.file("sys/bus/usb/devices/usb1/other", "");
    scene.file("sys/bus/pci/devices/0000:00:02.0/vendor", "0x8086\n");
    Files.createDirectories(root.resolve("sys/firmware/dmi/tables"));
    Files.write(root.resolve("sys/firmware/dmi/tables/DMI"), smbios());

    Map<String, JsonObject> all = scene.all(AuditSection.HARDWARE);

    assertThat(all.keySet()).containsExactly("bios", "board", "cpu", "disk sda", "machine", "memory",
        "memory module 0 DIMM_A1", "network eth0", "pci 0000:00:02.0", "usb 1-1");
    assertThat(item(all, "memory module 0 DIMM_A1").text()).isEqualTo("{\"bytes\":17179869184,\"slot\":\"DIMM_A1\","
        + "\"bank\":\"BANK 0\",\"type\":\"DDR4\",\"speedMts\":3200,\"vendor\":\"Kingston\",\"serial\":\"S1\",\"part\":\"P1\"}");
    assertThat(item(all, "disk sda").text()).contains("\"bytes\":1048576").contains("Disk \uFFFD]0;x");
  }

  @Test
  void tablesOfTheFirmwareMayEndAnywhere() {
    byte[] whole = smbios();
    for (int cut = 0; cut < whole.length; cut++) {
      for (int value : new int[]{-1, 0, 0x7f, 0xff}) {
        byte[] tables = java.util.Arrays.copyOf(whole, value < 0 ? cut : whole.length);
        if (value >= 0) {
          tables[cut] = (byte) value;
        }
        var findings = new Findings();
        new SmbiosTables(tables).modules(findings);
        assertThat(findings.sorted()).hasSizeLessThan(whole.length);
      }
    }
  }

  /** A table with an empty structure, a module, an empty slot and the end. */
  private static byte[] smbios() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[]{0, 4, 0, 0, 0, 0});
    for (int size : new int[]{16384, 0}) {
      ByteBuffer device = ByteBuffer.allocate(0x28).order(ByteOrder.LITTLE_ENDIAN);
      device.put(0, (byte) 17).put(1, (byte) 0x28).putShort(0x0C, (short) size).put(0x10, (byte) 1).put(0x11, (byte) 2)
          .put(0x12, (byte) 0x1A).putShort(0x15, (short) 3200).put(0x17, (byte) 3).put(0x18, (byte) 4)
          .put(0x1A, (byte) 5);
      out.writeBytes(device.array());
      out.writeBytes("DIMM_A1\0BANK 0\0Kingston\0S1\0P1 \0\0".getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes(new byte[]{127, 4, 0, 0, 0, 0});
    return out.toByteArray();
  }

  @Test
  void filesAreFoundByPatternAndLinksAreNotFollowed() throws IOException {
    scene.file("etc/a.conf", "x");
    scene.file("etc/d/b.conf", "xy");
    scene.file("etc/d/e/c.conf", "xyz");
    scene.file("etc/d/e/c.txt", "");
    scene.link("etc/d/loop", "../d");
    scene.link("etc/d/other.conf", "/nowhere");
    scene.link("alias", root.resolve("etc").toString());

    assertThat(scene.all(AuditSection.FILES, "/etc/**/*.conf").keySet()).containsExactly("/etc/a.conf",
        "/etc/d/b.conf", "/etc/d/e/c.conf", "/etc/d/other.conf");
    assertThat(scene.all(AuditSection.FILES, "/etc/*").keySet()).containsExactly("/etc/a.conf", "/etc/d");
    assertThat(scene.all(AuditSection.FILES, "/etc/d/**").keySet()).containsExactly("/etc/d/b.conf", "/etc/d/e",
        "/etc/d/e/c.conf", "/etc/d/e/c.txt", "/etc/d/loop", "/etc/d/other.conf");
    assertThat(scene.all(AuditSection.FILES, "/alias/*.conf", "/etc/a.conf", "/none/*", "/etc/?.conf").keySet())
        .containsExactly("/alias/a.conf", "/etc/a.conf");
    JsonObject file = item(scene.all(AuditSection.FILES, "/etc/d/b.conf"), "/etc/d/b.conf");
    assertThat(file.names()).containsExactly("kind", "bytes", "modifiedMs", "mode", "owner");
    assertThat(file.integer("bytes", 0, 10)).isEqualTo(2);
  }

  @Test
  void pathsThatAreTooLongForAKeyAreStillToldApart() throws IOException {
    String deep = ("d".repeat(250) + "/").repeat(7);
    scene.file(deep + "ä1", "");
    scene.file(deep + "ä2", "");
    assertThat(scene.all(AuditSection.FILES, "/" + "?".repeat(250) + "/**").keySet()).hasSize(8)
        .allSatisfy(key -> assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1500));
  }

  @ParameterizedTest
  @CsvSource({"*,,true", "a*,abc,true", "a*c,abc,true", "a*c,abcd,false", "?,a,true", "?,ab,false", "a**b,ab,true",
      "*a*a*a*b,aaaaaaaaaaaaaaaaaaaaaaaa,false", "abc,abc,true", "abc,ab,false"})
  void aPatternFitsAWholeName(String pattern, String name, boolean fits) {
    assertThat(Glob.fits(pattern, name == null ? "" : name)).isEqualTo(fits);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisMachineCanBeAudited() throws IOException {
    var here = new AuditScene(Path.of("/"), notes);
    for (AuditSection section : AuditSection.values()) {
      String[] patterns = section == AuditSection.FILES ? new String[]{"/etc/*"} : new String[0];
      var first = here.told(section, "", patterns);
      AuditScene.apply(Map.of(), first);
      if (section == AuditSection.SOFTWARE || section == AuditSection.HARDWARE || section == AuditSection.USERS) {
        assertThat(first.changes()).as(section.word()).isNotEmpty();
        assertThat(here.told(section, first.summary().digest()).changes()).as(section.word()).isEmpty();
      }
    }
  }
}
