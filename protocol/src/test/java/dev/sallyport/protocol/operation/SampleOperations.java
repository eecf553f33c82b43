package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.Seeded;

/** Random valid operations and what belongs to them. */
public final class SampleOperations {
  private SampleOperations() {
  }

  public static Operation operation(Seeded seeded) {
    return switch (seeded.below(8)) {
      case 0 ->
        new RunProgram(arguments(seeded), environment(seeded), directory(seeded), stdin(seeded), limits(seeded));
      case 1 -> new RunShell(seeded.osText(200), environment(seeded), directory(seeded), stdin(seeded), limits(seeded));
      case 2 -> new HostOperation.Properties();
      case 3 -> new HostOperation.Processors();
      case 4 -> new HostOperation.Memory();
      case 5 -> new HostOperation.Disks();
      case 6 -> new HostOperation.Addresses();
      default -> new FileOperation.Properties(seeded.osText(100));
    };
  }

  public static OperationId id(Seeded seeded) {
    return new OperationId(seeded.uuid() + "/" + seeded.between(0, 99_999_999_999L));
  }

  public static OperationDescription description(Seeded seeded) {
    return new OperationDescription(seeded.plain(20), (int) seeded.between(1, Integer.MAX_VALUE),
        seeded.oneOf(Effect.values()),
        seeded.oneOf(Privilege.values()), seeded.oneOf(ActionClass.values()),
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
