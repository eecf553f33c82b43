package dev.sallyport.operation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.sallyport.operation.audit.AuditScene.Told;
import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Only what changed travels, and nothing is lost by it. */
@DisabledOnOs(OS.WINDOWS)
final class IncrementTest {
  private static final AuditSection SOFTWARE = AuditSection.SOFTWARE;

  @TempDir
  Path root;

  @TempDir
  Path notes;

  private AuditScene scene;
  private final Map<String, String> packages = new TreeMap<>();

  @BeforeEach
  void machine() {
    scene = new AuditScene(root, notes);
  }

  @Test
  @DisplayName("a seeded hundred of random states: what was held, with the changes, is what there is")
  void changesLeadFromEachStateToTheNext() throws IOException {
    var random = new Random(7);
    Map<String, JsonObject> held = Map.of();
    String base = "";
    for (int round = 0; round < 100; round++) {
      for (int edit = random.nextInt(8); edit > 0; edit--) {
        String name = "p" + random.nextInt(40) + "-".repeat(random.nextInt(2)) + random.nextInt(3);
        if (random.nextInt(3) == 0) {
          packages.remove(name);
        } else {
          packages.put(name, random.nextInt(5) + ".0");
        }
      }
      install();
      Told told = scene.told(SOFTWARE, base);
      assertThat(told.summary().base()).isEqualTo(base);
      held = AuditScene.apply(held, told);
      assertThat(held).hasSameSizeAs(packages);
      assertThat(scene.told(SOFTWARE, told.summary().digest()).changes()).isEmpty();
      if (random.nextInt(4) > 0) { // else the server asks anew from nothing
        base = told.summary().digest();
      } else {
        base = "";
        held = Map.of();
      }
    }
  }

  @Test
  void anAnswerThatWasNeverStoredIsToldAgain() throws IOException {
    packages.put("a", "1");
    install();
    String first = scene.told(SOFTWARE, "").summary().digest();
    packages.put("b", "1");
    install();
    Told lost = scene.told(SOFTWARE, first);
    packages.put("c", "1");
    install();

    Told again = scene.told(SOFTWARE, first);

    assertThat(lost.changes()).extracting("key").containsExactly("dpkg b:all");
    assertThat(again.summary().base()).isEqualTo(first);
    assertThat(again.changes()).extracting("key").containsExactly("dpkg b:all", "dpkg c:all");
  }

  @Test
  void aBaseThatIsNotKnownAnyMoreGetsAllItems() throws IOException {
    packages.put("a", "1");
    install();
    String first = scene.told(SOFTWARE, "").summary().digest();
    packages.put("b", "1");
    install();
    String second = scene.told(SOFTWARE, first).summary().digest();
    packages.put("c", "1");
    install();
    scene.told(SOFTWARE, second);

    Told told = scene.told(SOFTWARE, first);

    assertThat(told.summary().base()).isEmpty();
    assertThat(told.changes()).hasSize(3);
  }

  @Test
  void aStateThatADiskDamagedIsNotUsed() throws IOException {
    packages.put("a", "1");
    install();
    String first = scene.told(SOFTWARE, "").summary().digest();
    Path kept = notes.resolve("audit/software-" + first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept))).isEqualTo("rw-------");
    byte[] whole = Files.readAllBytes(kept);
    for (int cut = 0; cut < whole.length; cut++) {
      Files.write(kept, java.util.Arrays.copyOf(whole, cut));
      assertThat(KeptState.holds(kept, first)).as("cut at %d", cut).isFalse();
      byte[] flipped = whole.clone();
      flipped[cut] ^= 1;
      Files.write(kept, flipped);
      if (cut < 2 || cut >= whole.length - 32) {
        assertThat(KeptState.holds(kept, first)).as("flipped at %d", cut).isFalse();
      }
    }
    Files.write(kept, java.util.Arrays.copyOf(whole, whole.length - 1));

    assertThat(scene.told(SOFTWARE, first).summary().base()).isEmpty();
    assertThat(scene.told(SOFTWARE, first).summary().base()).isEqualTo(first);
  }

  @Test
  void onlyTwoStatesOfASectionAreEverKept() throws IOException {
    String base = "";
    for (int i = 0; i < 10; i++) {
      packages.put("p" + i, "1");
      install();
      base = scene.told(SOFTWARE, base).summary().digest();
    }
    try (var kept = Files.list(notes.resolve("audit"))) {
      assertThat(kept.toList()).hasSize(2);
    }
  }

  @Test
  void anUnchangedMachineOfFiveThousandPackagesTellsNearlyNothing() throws IOException {
    for (int i = 0; i < 5000; i++) {
      packages.put("package-" + i, "1." + i);
    }
    install();
    Told full = scene.told(SOFTWARE, "");
    packages.put("package-17", "2.0");
    install();
    Told increment = scene.told(SOFTWARE, full.summary().digest());

    assertThat(full.changes()).hasSize(5000);
    assertThat(increment.changes()).hasSize(1);
    assertThat(increment.bytes()).isLessThan(300).isLessThan(full.bytes() / 100);
  }

  private void install() throws IOException {
    var status = new StringBuilder();
    packages
        .forEach((name, version) -> status.append("Package: ").append(name).append("\nStatus: install ok installed\n")
            .append("Architecture: all\nVersion: ").append(version).append("\nDescription: x\n more\n\n"));
    scene.file("var/lib/dpkg/status", status.toString());
  }
}
