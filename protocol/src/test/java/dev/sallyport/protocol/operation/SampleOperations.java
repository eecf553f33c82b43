package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.Seeded;
import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.protocol.registry.RegistryValue;

/** Random valid operations and what belongs to them. */
public final class SampleOperations {
  private SampleOperations() {
  }

  public static Operation operation(Seeded seeded) {
    return switch (seeded.below(11)) {
      case 8 -> audit(seeded);
      case 5 -> registry(seeded);
      case 6 -> event(seeded);
      case 7 -> new ValueOperation.Environment();
      case 9 -> library(seeded);
      case 10 -> user(seeded);
      case 0 -> process(seeded);
      case 1 -> host(seeded);
      case 2 -> file(seeded);
      case 3 -> power(seeded);
      default -> transfer(seeded);
    };
  }

  private static Operation process(Seeded seeded) {
    return switch (seeded.below(6)) {
      case 0 ->
        new RunProgram(arguments(seeded), environment(seeded), directory(seeded), stdin(seeded), limits(seeded));
      case 1 -> new RunShell(seeded.osText(200), environment(seeded), directory(seeded), stdin(seeded), limits(seeded));
      case 2 -> new ProcessOperation.Start(arguments(seeded), environment(seeded), directory(seeded));
      case 3 -> new ProcessOperation.ListProcesses(seeded.between(0, ProcessOperation.MAX_PID),
          (int) seeded.between(1, 500));
      case 4 -> new ProcessOperation.IsRunning(seeded.osText(40));
      default -> new ProcessOperation.Close(seeded.between(1, ProcessOperation.MAX_PID), seeded.plain(20),
          Duration.ofMillis(seeded.between(0, 600_000)));
    };
  }

  private static Operation library(Seeded seeded) {
    Bytes jar = input(seeded).sha256();
    return switch (seeded.below(7)) {
      case 0 -> new LibraryOperation.Trust(Bytes.ofUtf8("t" + seeded.plain(50)));
      case 1 -> new LibraryOperation.Offer(Bytes.ofUtf8("o" + seeded.plain(50)));
      case 2 -> new LibraryOperation.Put(jar, (int) seeded.between(0, 32 << 20), input(seeded));
      case 3 -> new LibraryOperation.Keep(jar);
      case 4 -> new LibraryOperation.Call(jar, "f" + seeded.plain(20),
          List.of(new JsonString(seeded.plain(20)), new JsonNumber.Whole(seeded.between(0, 99)), JsonBool.of(true)),
          limits(seeded));
      case 5 -> new LibraryOperation.Held();
      default -> new LibraryOperation.Drop(jar);
    };
  }

  private static Operation registry(Seeded seeded) {
    String key = "HKLM\\" + seeded.plain(30).replace('"', ' ').replace('\\', ' ');
    String name = seeded.coin() ? "" : seeded.plain(30);
    int from = (int) seeded.between(0, Integer.MAX_VALUE);
    return switch (seeded.below(6)) {
      case 0 -> new RegistryOperation.Keys(key, from, (int) seeded.between(1, 1000));
      case 1 -> new RegistryOperation.Values(key, from, (int) seeded.between(1, 1000));
      case 2 -> new RegistryOperation.Get(key, name);
      case 3 -> new RegistryOperation.Put(key, name, registryValue(seeded));
      case 4 -> new RegistryOperation.Delete(key, name);
      default -> new RegistryOperation.DeleteKey(key);
    };
  }

  static RegistryValue registryValue(Seeded seeded) {
    return switch (seeded.below(5)) {
      case 0 -> RegistryValue.text(seeded.oneOf(RegistryValue.Type.REG_SZ, RegistryValue.Type.REG_EXPAND_SZ),
          seeded.coin() ? "" : seeded.osText(50));
      case 1 -> RegistryValue.texts(seeded.list(5, s -> s.osText(20)));
      case 2 -> RegistryValue.dword(seeded.between(0, (1L << 32) - 1));
      case 3 -> RegistryValue.qword(Long.toUnsignedString(seeded.between(Long.MIN_VALUE, Long.MAX_VALUE)));
      default -> new RegistryValue(seeded.oneOf(RegistryValue.Type.values()), Bytes.of(seeded.bytes(seeded.below(20))));
    };
  }

  private static Operation event(Seeded seeded) {
    return new EventOperation.Read(seeded.instant(), seeded.instant(), seeded.coin() ? "" : seeded.osText(20),
        seeded.oneOf(EventOperation.Level.values()), seeded.coin() ? "" : seeded.osText(20),
        (int) seeded.between(1, 1000));
  }

  private static Operation audit(Seeded seeded) {
    AuditSection section = seeded.oneOf(AuditSection.values());
    String base = seeded.coin() ? "" : Bytes.of(seeded.bytes(32)).hex();
    return new AuditOperation.Take(section, base,
        section == AuditSection.FILES ? List.of("/etc/**/" + seeded.oneOf("*.conf", "a?c", "ü"), "/ü*") : List.of());
  }

  private static Operation power(Seeded seeded) {
    int delay = (int) seeded.between(0, 10_080);
    String message = seeded.coin() ? "" : seeded.plain(50);
    return switch (seeded.below(3)) {
      case 0 -> new PowerOperation.Reboot(delay, message);
      case 1 -> new PowerOperation.Shutdown(delay, message);
      default -> new PowerOperation.Cancel();
    };
  }

  private static Operation user(Seeded seeded) {
    var words = new UserOperation.Words(seeded.coin() ? "" : seeded.plain(50), "a\n\t" + seeded.plain(50),
        seeded.coin() ? "" : seeded.plain(20), Duration.ofMillis(seeded.between(1_000, 82_800_000)));
    return switch (seeded.below(4)) {
      case 0 -> new UserOperation.Sessions();
      case 1 -> new UserOperation.Message(words);
      case 2 -> new UserOperation.Notice(words);
      default -> new UserOperation.Ask(words);
    };
  }

  private static Operation host(Seeded seeded) {
    return switch (seeded.below(5)) {
      case 0 -> new HostOperation.Properties();
      case 1 -> new HostOperation.Processors();
      case 2 -> new HostOperation.Memory();
      case 3 -> new HostOperation.Disks();
      default -> new HostOperation.Addresses();
    };
  }

  private static Operation file(Seeded seeded) {
    String path = seeded.osText(100);
    return switch (seeded.below(7)) {
      case 0 -> new FileOperation.Properties(path);
      case 1 ->
        new FileOperation.ListDirectory(path, seeded.coin() ? "" : seeded.plain(50), (int) seeded.between(1, 1000));
      case 2 -> new FileOperation.Read(path, seeded.between(0, Long.MAX_VALUE), (int) seeded.between(0, 8 << 20),
          seeded.coin() ? "" : seeded.plain(100));
      case 3 -> new FileOperation.Digest(path);
      case 4 -> new FileOperation.Delete(path, seeded.coin());
      case 5 -> new FileOperation.Rename(path, seeded.osText(100), seeded.coin(), seeded.coin());
      default -> new FileOperation.Renames();
    };
  }

  private static Operation transfer(Seeded seeded) {
    String path = seeded.osText(100);
    return switch (seeded.below(4)) {
      case 0 -> new TransferOperation.Write(seeded.uuid(), path, seeded.between(0, 1L << 62), input(seeded));
      case 1 -> new TransferOperation.Commit(seeded.uuid(), path, seeded.between(0, Long.MAX_VALUE),
          input(seeded).sha256(), seeded.coin() ? "" : "0644", seeded.coin() ? "" : "root",
          seeded.coin() ? "" : "some group");
      case 2 -> new TransferOperation.Abort(seeded.uuid(), path);
      default -> new TransferOperation.State(seeded.uuid(), path);
    };
  }

  private static InputDigest input(Seeded seeded) {
    return InputDigest.of(Bytes.of(seeded.bytes(seeded.below(100))));
  }

  public static OperationId id(Seeded seeded) {
    return new OperationId(seeded.uuid() + "/" + seeded.between(0, 99_999_999_999L));
  }

  public static OperationDescription description(Seeded seeded) {
    return new OperationDescription(seeded.plain(20), (int) seeded.between(1, Integer.MAX_VALUE),
        seeded.oneOf(Effect.values()),
        seeded.oneOf(OperationDescription.Privilege.values()), seeded.oneOf(ActionClass.values()),
        Duration.ofMillis(seeded.between(0, Limits.MAX_TIME.toMillis())), seeded.between(0, Limits.MAX_OUTPUT_BYTES),
        Set.of(seeded.oneOf(Platform.values())));
  }

  private static List<String> arguments(Seeded seeded) {
    List<String> arguments = new ArrayList<>(List.of(seeded.osText(20)));
    arguments.addAll(seeded.list(6, s -> s.text(30).replace('\0', ' ')));
    return arguments;
  }

  private static Map<String, String> environment(Seeded seeded) {
    Map<String, String> environment = new HashMap<>();
    for (String name : seeded.list(4, s -> s.osText(10))) {
      environment.put(name.replace('=', '_'), seeded.osText(20));
    }
    return environment;
  }

  private static String directory(Seeded seeded) {
    return seeded.coin() ? "" : seeded.osText(40);
  }

  private static Bytes stdin(Seeded seeded) {
    return seeded.coin() ? Bytes.EMPTY : Bytes.of(seeded.bytes(seeded.below(100)));
  }

  private static Limits limits(Seeded seeded) {
    return new Limits(Duration.ofMillis(seeded.between(1, Limits.MAX_TIME.toMillis())),
        seeded.between(0, Limits.MAX_OUTPUT_BYTES));
  }
}
