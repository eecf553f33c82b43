package dev.sallyport.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OperationsTest {
  @Test
  void everyOperationSurvivesTheWayOverTheWire() {
    Seeded.forSeeds(3000, seeded -> {
      Operation operation = SampleOperations.operation(seeded);
      Operation read = Operations.decode(operation.name(), Operations.encode(operation));
      assertThat(read).isEqualTo(operation);
      assertThat(Operations.encode(read)).isEqualTo(Operations.encode(operation));
    });
  }

  @Test
  void injuredArgumentsAreReadOrRefusedButNeverDoAnythingElse() {
    Seeded.forSeeds(6000, seeded -> {
      Operation operation = SampleOperations.operation(seeded);
      try {
        Operation read = Operations.decode(operation.name(), seeded.injured(Operations.encode(operation)));
        assertThat(Operations.decode(read.name(), Operations.encode(read))).isEqualTo(read);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    });
  }

  @Test
  void argumentsHaveADocumentedForm() {
    RunProgram full = new RunProgram(List.of("/bin/echo", "a b"), Map.of("Z", "1", "A", ""), "/tmp", Bytes.ofUtf8("in"),
        Limits.DEFAULT);
    assertThat(full.arguments().text())
        .isEqualTo("{\"argv\":[\"/bin/echo\",\"a b\"],\"environment\":{\"A\":\"\",\"Z\":\"1\"},"
            + "\"directory\":\"/tmp\",\"stdin\":\"aW4\",\"limits\":{\"timeMs\":600000,\"outputBytes\":4194304}}");
    assertThat(RunShell.of("uptime").arguments().text())
        .isEqualTo("{\"command\":\"uptime\",\"limits\":{\"timeMs\":600000,\"outputBytes\":4194304}}");
    assertThat(new FileOperation.Properties("/etc/hosts").arguments().text()).isEqualTo("{\"path\":\"/etc/hosts\"}");
    assertThat(new HostOperation.Properties().arguments().text()).isEqualTo("{}");
  }

  @Test
  void absentArgumentsHaveTheirDefaults() {
    assertThat(decode("process.run", "{\"argv\":[\"true\"]}")).isEqualTo(RunProgram.of("true"));
    assertThat(decode("shell.run", "{\"command\":\"true\"}")).isEqualTo(RunShell.of("true"));
  }

  @ParameterizedTest
  @DisplayName("T13 only the names of one explicit list are operations")
  @ValueSource(strings = {"", "process.Run", "process.run ", "PROCESS.RUN", "run", "RunProgram", "java.lang.Runtime",
      "host", "host.",
      "process.run\0", "../process.run", "__proto__", "toString", "wheel.key.gen"})
  void refusesUnknownNames(String name) {
    assertThat(Operations.knows(name)).isFalse();
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Operations.decode(name, JsonObject.EMPTY))
        .withMessage("unknown operation");
  }

  @Test
  @DisplayName("T23 each operation stands once in the one table, in exactly one class of rights")
  void theTableAgreesWithTheOperations() {
    Map<String, Operation> samples = new LinkedHashMap<>();
    Seeded.forSeeds(2000, seeded -> {
      Operation operation = SampleOperations.operation(seeded);
      samples.put(operation.name(), operation);
    });
    assertThat(Operations.known()).extracting(OperationDescription::name).doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(samples.keySet());
    assertThat(samples.values()).extracting(Operation::getClass).map(Class::getName)
        .containsExactlyInAnyOrderElementsOf(leaves(Operation.class));
    for (OperationDescription known : Operations.known()) {
      assertThat(Operations.knows(known.name())).isTrue();
      assertThat(samples.get(known.name())).isNotNull().extracting(Operation::description).isSameAs(known);
    }
  }

  private static List<String> leaves(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null
        ? List.of(type.getName())
        : Stream.of(permitted).flatMap(each -> leaves(each).stream()).toList();
  }

  @Test
  @DisplayName("K8 every operation declares what it needs, what it may do and where its limits are")
  void everyOperationDeclaresWhatItIs() {
    for (OperationDescription known : Operations.known()) {
      assertThat(known.name()).as("a name is <noun>.<word>").matches("[a-z]+(\\.[a-z]+(-[a-z]+)*)+");
      assertThat(known.timeLimit()).as(known.name()).isPositive();
      assertThat(known.effect() == Effect.READ || known.actionClass() != ActionClass.READ)
          .as("%s: the right to read gives no right to change", known.name()).isTrue();
      assertThat(OperationDescription.fromJson(known.toJson())).isEqualTo(known);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "process.run|{}|field \"argv\": missing, expected an array",
      "process.run|{\"argv\":[]}|argv: expected 1 to 1024 items, found 0",
      "process.run|{\"argv\":[\"\"]}|argv[0]: must not be empty",
      "process.run|{\"argv\":\"ls\"}|field \"argv\": expected an array, found a string of 2 characters",
      "process.run|{\"argv\":[1]}|"
          + "field \"argv[0]\": expected a string of at most 131072 characters, found the number 1",
      "process.run|{\"argv\":[\"a\\u0000b\"]}|argv[0]: character 1 is NUL, no operating system takes that",
      "process.run|{\"argv\":[\"a\"],\"shell\":true}|"
          + "field \"shell\": unknown, allowed here: argv, environment, directory, stdin, limits",
      "process.run|{\"argv\":[\"a\"],\"environment\":{\"A=B\":\"c\"}}|environment: a name must not hold '='",
      "process.run|{\"argv\":[\"a\"],\"environment\":{\"\":\"c\"}}|environment: a name: must not be empty",
      "process.run|{\"argv\":[\"a\"],\"environment\":{\"A\":1}}|"
          + "field \"environment.A\": expected a string of at most 65536 characters, found the number "
          + "1",
      "process.run|{\"argv\":[\"a\"],\"stdin\":\"a=\"}|field \"stdin\": expected base64url text without padding",
      "process.run|{\"argv\":[\"a\"],\"limits\":{\"timeMs\":0,\"outputBytes\":0}}|"
          + "field \"limits.timeMs\": expected a whole number from 1 to 86400000, found the number "
          + "0",
      "process.run|{\"argv\":[\"a\"],\"limits\":{\"timeMs\":1}}|"
          + "field \"limits.outputBytes\": missing, expected a whole number",
      "process.run|{\"argv\":[\"a\"],\"limits\":{\"timeMs\":1,\"outputBytes\":67108865}}|"
          + "field \"limits.outputBytes\": expected a whole number from 0 to 67108864, found the number "
          + "67108865",
      "process.run|{\"argv\":[\"a\"],\"limits\":{\"timeMs\":1,\"outputBytes\":1,\"cpu\":1}}|"
          + "field \"limits.cpu\": unknown, allowed here: timeMs, outputBytes",
      "shell.run|{\"argv\":[\"a\"]}|"
          + "field \"argv\": unknown, allowed here: command, environment, directory, stdin, limits",
      "shell.run|{\"command\":\"\"}|command: must not be empty",
      "shell.run|{\"command\":null}|field \"command\": expected a string of at most 131072 characters, found null",
      "host.properties|{\"x\":1}|field \"x\": unknown, allowed here: ",
      "host.processors|{\"x\":1}|field \"x\": unknown, allowed here: ",
      "host.memory|{\"x\":1}|field \"x\": unknown, allowed here: ",
      "host.disks|{\"x\":1}|field \"x\": unknown, allowed here: ",
      "host.addresses|{\"x\":1}|field \"x\": unknown, allowed here: ",
      "file.properties|{}|field \"path\": missing, expected a string",
      "file.properties|{\"path\":\"\"}|path: must not be empty",
      "file.properties|{\"path\":\"/a\\u0000.txt\"}|"
          + "path: character 2 is NUL, no operating system takes that",
      "eventlog.read|{\"level\":\"loud\"}|"
          + "expected a level: emerg, alert, crit, err, warning, notice, info, debug",
      "eventlog.read|{\"limit\":1001}|field \"limit\": expected a whole number from 1 to 1000, found the number 1001",
      "value.environment|{\"name\":\"PATH\"}|field \"name\": unknown, allowed here: ",
      "registry.get|{\"key\":\"HKLM\\\\a\\\\\",\"name\":\"\"}|key: must not hold a quotation mark nor end in a backslash",
      "registry.get|{\"key\":\"HKLM\\\\a\\\"b\",\"name\":\"\"}|key: must not hold a quotation mark nor end in a backslash",
      "registry.set|{\"key\":\"HKLM\",\"name\":\"\",\"type\":\"REG_DWORD\",\"number\":4294967296}|"
          + "field \"number\": expected a whole number from 0 to 4294967295, found the number 4294967296",
      "registry.set|{\"key\":\"HKLM\",\"name\":\"\",\"type\":\"REG_SZ\"}|"
          + "field \"type\": expected exactly one of text, texts, number, bytes beside it",
      "registry.set|{\"key\":\"HKLM\",\"name\":\"\",\"type\":\"REG_BINARY\",\"text\":\"x\"}|"
          + "field \"type\": a value of this type is given as bytes",
      "registry.set|{\"key\":\"HKLM\",\"name\":\"\",\"type\":\"REG_MULTI_SZ\",\"texts\":[\"a\",\"\"]}|"
          + "field \"texts\": an empty text would end the list",
      "registry.set|{\"key\":\"HKLM\",\"name\":\"\",\"type\":\"REG_FOO\",\"text\":\"x\"}|"
          + "expected a registry type, for example REG_SZ",
      "process.start|{\"argv\":[\"a\"],\"stdin\":\"AA\"}|"
          + "field \"stdin\": unknown, allowed here: argv, environment, directory",
      "process.list|{\"limit\":0}|field \"limit\": expected a whole number from 1 to 500, found the number 0",
      "process.close|{\"pid\":1}|field \"start\": missing, expected a string",
      "process.close|{\"pid\":0,\"start\":\"1\"}|"
          + "field \"pid\": expected a whole number from 1 to 4294967295, found the number 0",
      "power.reboot|{\"delayMinutes\":-1}|"
          + "field \"delayMinutes\": expected a whole number from 0 to 10080, found the number -1",
      "power.cancel|{\"now\":true}|field \"now\": unknown, allowed here: ",
      "file.list|{\"path\":\"/\",\"limit\":1001}|"
          + "field \"limit\": expected a whole number from 1 to 1000, found the number 1001",
      "file.read|{\"path\":\"/\",\"offset\":-1}|"
          + "field \"offset\": expected a whole number from 0 to 9223372036854775807, found the number -1",
      "file.read|{\"path\":\"/\",\"length\":8388609}|"
          + "field \"length\": expected a whole number from 0 to 8388608, found the number 8388609",
      "file.delete|{\"path\":\"/x\",\"force\":true}|field \"force\": unknown, allowed here: path, recursive",
      "file.rename|{\"from\":\"/x\"}|field \"to\": missing, expected a string",
      "file.abort|{\"transfer\":\"../../etc/passwd\",\"path\":\"/x\"}|transfer: expected a UUID in lower case",
      "file.write|{\"transfer\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"path\":\"/x\",\"offset\":0}|"
          + "field \"bytes\": missing, expected a whole number",
      "file.write|{\"transfer\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"path\":\"/x\",\"offset\":0,\"bytes\":8388609}|"
          + "field \"bytes\": expected a whole number from 0 to 8388608, found the number 8388609",
      "file.write|{\"transfer\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"path\":\"/x\",\"offset\":0,\"bytes\":1,\"sha256\":\"AA\"}|"
          + "field \"sha256\": expected 32 bytes, found 1"}, ignoreLeadingAndTrailingWhitespace = false)
  void refusesWrongArgumentsWithTheField(String name, String arguments, String message) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(name, arguments)).withMessage(message);
  }

  @Test
  void refusesArgumentsBeyondTheirLimitAsJson() {
    RunShell escaped = RunShell.of("&".repeat(RunShell.MAX_COMMAND_BYTES));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Operations.encode(escaped))
        .withMessageStartingWith("arguments of shell.run: expected at most 262144 bytes as JSON, found 786");
    byte[] huge = new byte[Operations.MAX_ARGUMENT_BYTES + 1];
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Operations.decode("host.memory", huge))
        .withMessageStartingWith("JSON too large");
  }

  @Test
  @DisplayName("K7 a repeated id is recognised by a digest that no process, order or spacing changes")
  void theDigestDependsOnTheMeaningOnly() {
    Operation read = decode("process.run",
        """
            { "limits": {"outputBytes":4194304, "timeMs":600000}, "environment": {"B":"2","A":"1"}, "argv": ["\\u006cs"] }""");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("A", "1");
    environment.put("B", "2");
    Operation made = new RunProgram(List.of("ls"), environment, "", Bytes.EMPTY, Limits.DEFAULT);
    assertThat(Operations.digest(read)).isEqualTo(Operations.digest(made)).hasSize(32);
    assertThat(HexFormat.of().formatHex(Operations.digest(new HostOperation.Properties())))
        .isEqualTo("4727788daebef85002fa95b4469b42a468d236085c8463490faba50be5ad4823");
  }

  @ParameterizedTest
  @ValueSource(strings = {"644", "00644", "0888", "rwxr", "-644", "０644"})
  void refusesWhatIsNoMode(String mode) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new TransferOperation.Commit("01890a5d-ac96-774b-bcce-b302099a8057", "/x", 0,
            InputDigest.NONE.sha256(), mode, "", ""))
        .withMessageStartingWith("mode: expected four octal digits");
  }

  @Test
  @DisplayName("K7 the same id with another input is another order")
  void theDigestCoversTheInput() {
    String transfer = "01890a5d-ac96-774b-bcce-b302099a8057";
    assertThat(Operations.digest(new TransferOperation.Write(transfer, "/x", 0, InputDigest.of(Bytes.ofUtf8("a")))))
        .isNotEqualTo(
            Operations.digest(new TransferOperation.Write(transfer, "/x", 0, InputDigest.of(Bytes.ofUtf8("b")))));
  }

  @Test
  void theDigestTellsOperationsApart() {
    assertThat(
        List.of(new HostOperation.Properties(), new HostOperation.Memory(), RunShell.of("a"), RunShell.of("b"),
            RunProgram.of("a"),
            RunProgram.of("a", ""), new FileOperation.Properties("a")))
        .extracting(operation -> HexFormat.of().formatHex(Operations.digest(operation)))
        .doesNotHaveDuplicates();
  }

  private static Operation decode(String name, String arguments) {
    return Operations.decode(name, Json.parseObject(arguments.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
  }
}
