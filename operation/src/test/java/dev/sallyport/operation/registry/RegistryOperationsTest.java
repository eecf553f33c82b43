package dev.sallyport.operation.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.operation.process.ProcessRunner;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RegistryOperation;
import dev.sallyport.protocol.registry.RegistryValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against a real {@code reg.exe} and a real registry, those of Wine. */
@EnabledOnOs(OS.LINUX)
@Timeout(600)
final class RegistryOperationsTest {
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"), (channel, bytes, offset, length) -> {
      });

  @TempDir
  Path folder;

  private static @Nullable Wine wine;

  private final String key = "HKCU\\Software\\Sallyport test " + UUID.randomUUID();
  private RegistryOperations registry;

  @BeforeAll
  static void openWine() throws IOException, InterruptedException {
    wine = Wine.open();
  }

  @AfterAll
  static void closeWine() throws IOException, InterruptedException {
    if (wine != null) {
      wine.close();
    }
  }

  @BeforeEach
  void begin() {
    registry = new RegistryOperations(new SystemTool(ProcessRunner.create(new LinuxProcessTable(Path.of("/proc")))),
        Objects.requireNonNull(wine).tool(folder.resolve("scratch")));
  }

  @AfterEach
  void cleanUp() {
    found(new RegistryOperation.DeleteKey(key));
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
  }

  private JsonObject found(RegistryOperation operation) {
    Ending ending = registry.run(operation, CONTEXT);
    assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.DONE);
    return ending.value();
  }

  private String failure(RegistryOperation operation) {
    Ending ending = registry.run(operation, CONTEXT);
    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    return ending.reason();
  }

  private JsonObject putAndGet(String name, RegistryValue value) {
    found(new RegistryOperation.Put(key, name, value));
    return found(new RegistryOperation.Get(key, name));
  }

  @Test
  @DisplayName("K8 a value of every type comes back as it was set")
  void everyTypeComesBack() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    var texts = Bytes.of(HexFormat.of().parseHex("410000d842000000")); // half a pair
    for (RegistryValue.Type type : RegistryValue.Type.values()) {
      var value = switch (type) {
        case REG_SZ -> RegistryValue.text(type, "whole");
        case REG_DWORD -> RegistryValue.dword(7);
        case REG_EXPAND_SZ, REG_MULTI_SZ, REG_LINK -> new RegistryValue(type, texts);
        default -> new RegistryValue(type, Bytes.of(all));
      };
      JsonObject got = putAndGet("of type " + type, value);
      assertThat(got).as(type.name()).isEqualTo(value.put(JsonObject.builder().put("exists", true)).build());
    }
    assertThat(putAndGet("t", RegistryValue.text(RegistryValue.Type.REG_SZ, "a\\b\"c\\")).string("text"))
        .isEqualTo("a\\b\"c\\");
    assertThat(putAndGet("t", RegistryValue.text(RegistryValue.Type.REG_EXPAND_SZ, "%PATH% ä € 💥")).string("text"))
        .isEqualTo("%PATH% ä € 💥");
    assertThat(putAndGet("t", RegistryValue.texts(List.of("one", "two words", "ü"))).strings("texts", 9, 99))
        .containsExactly("one", "two words", "ü");
    assertThat(putAndGet("t", RegistryValue.dword(4_000_000_000L)).integer("number", 0, 1L << 32))
        .isEqualTo(4_000_000_000L);
    assertThat(putAndGet("t", RegistryValue.qword("18446744073709551615")).string("number"))
        .isEqualTo("18446744073709551615");
    assertThat(putAndGet("t", new RegistryValue(RegistryValue.Type.REG_SZ, Bytes.EMPTY)).string("type"))
        .isEqualTo("REG_SZ");
    assertThat(putAndGet("t", new RegistryValue(RegistryValue.Type.REG_BINARY, Bytes.EMPTY)).bytes("bytes", 0, 0))
        .isEmpty();
  }

  @Test
  void aLargeValueComesBack() {
    var value = new RegistryValue(RegistryValue.Type.REG_BINARY, Bytes.of(new byte[60_000]));

    assertThat(putAndGet("large", value).bytes("bytes", 0, 1 << 20)).hasSize(60_000);
  }

  @Test
  @DisplayName("T4 no name is an option, a command or a second line: each is a name")
  void oddNamesAreNames() {
    List<String> names = List.of("", "/v", "-f", "a b", "quote\"s", "back\\slash", "ends in \\", "=", "@", "[x]",
        "%TEMP%",
        "ünï €", ";", "$(id)", "a=hex:00");
    for (String name : names) {
      found(new RegistryOperation.Put(key, name, RegistryValue.text(RegistryValue.Type.REG_SZ, "of " + name)));
    }

    JsonObject values = found(new RegistryOperation.Values(key, 0, 100));

    assertThat(values.objects("values", 100)).extracting(each -> each.string("name"))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(values.objects("values", 100)).allSatisfy(
        each -> assertThat(each.string("text")).isEqualTo("of " + each.string("name")));
    for (String name : names) {
      found(new RegistryOperation.Delete(key, name));
      assertThat(found(new RegistryOperation.Get(key, name)).bool("exists")).as(name).isFalse();
    }
  }

  @Test
  void namesAreFoundInAnyCaseAndPagesGoOn() {
    for (int i = 0; i < 5; i++) {
      found(new RegistryOperation.Put(key, "Name" + i, RegistryValue.dword(i)));
    }
    List<String> seen = new ArrayList<>();
    JsonObject page = found(new RegistryOperation.Values(key, 0, 2));
    while (page.has("next")) {
      page.objects("values", 2).forEach(value -> seen.add(value.string("name")));
      page = found(new RegistryOperation.Values(key, (int) page.integer("next", 0, 99), 2));
    }
    page.objects("values", 2).forEach(value -> seen.add(value.string("name")));

    assertThat(seen).containsExactlyInAnyOrder("Name0", "Name1", "Name2", "Name3", "Name4");
    assertThat(
        found(new RegistryOperation.Get(key.toLowerCase(java.util.Locale.ROOT), "nAmE3")).integer("number", 0, 9))
        .isEqualTo(3);
  }

  @Test
  void keysBelowAKeyAreListedAndDeletedWithIt() {
    found(new RegistryOperation.Put(key, "value", RegistryValue.dword(1)));
    found(new RegistryOperation.Put(key + "\\one", "", RegistryValue.dword(1)));
    found(new RegistryOperation.Put(key + "\\two words é", "", RegistryValue.dword(1)));
    found(new RegistryOperation.Put(key + "\\one\\deeper", "", RegistryValue.dword(1)));

    assertThat(found(new RegistryOperation.Keys(key, 0, 10)).strings("keys", 10, 99))
        .containsExactlyInAnyOrder("one", "two words é");
    assertThat(found(new RegistryOperation.Values(key, 0, 10)).objects("values", 9)).hasSize(1);
    found(new RegistryOperation.DeleteKey(key + "\\one"));

    assertThat(found(new RegistryOperation.Keys(key, 0, 10)).strings("keys", 10, 99)).containsExactly("two words é");
  }

  @Test
  void whatIsNotThereAndWhatMayNotBeSaysSo() {
    assertThat(failure(new RegistryOperation.Get(key + "\\nothing", "x"))).contains("no such key");
    assertThat(failure(new RegistryOperation.Keys(key + "\\nothing", 0, 1))).contains("no such key");
    assertThat(failure(new RegistryOperation.Get("HKXX\\Software", "x"))).contains("must begin with");
    assertThat(failure(new RegistryOperation.Get("Software", "x"))).contains("must begin with");
    assertThat(failure(new RegistryOperation.Put("HKCU\\\\Software", "x", RegistryValue.dword(1)))).contains("empty");
    assertThat(registry.run(new RegistryOperation.DeleteKey("HKEY_LOCAL_MACHINE"), CONTEXT).outcome())
        .isEqualTo(Outcome.REFUSED);
  }
}
