package dev.sallyport.operation.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;

/**
 * {@code host.properties}: {@code hostname}, {@code os} (for people), {@code osId}, {@code osVersion}, {@code kernel}, {@code arch},
 * {@code bootId}, {@code bootedMs} (milliseconds since 1970, absent if unknown), {@code timeZone}, {@code user} (the agent's account),
 * {@code elevated} (whether that is root).
 */
public final class LinuxHostOperation implements Primitive<HostOperation.Properties> {
  private final Path root;

  /**
   * @param root of the file system
   */
  public LinuxHostOperation(Path root) {
    this.root = root;
  }

  @Override
  public Ending run(HostOperation.Properties operation, OperationContext context) {
    HostFacts facts = facts(root);
    OsRelease release = OsRelease.read(root);
    var value = JsonObject.builder().put("hostname", facts.hostname()).put("os", facts.os())
        .put("osId", release.field("ID", "linux"))
        .put("osVersion", release.field("VERSION_ID", "")).put("kernel", facts.kernel()).put("arch", facts.arch())
        .put("bootId", facts.bootId());
    long booted = bootedSeconds();
    if (booted > 0) {
      value.put("bootedMs", booted * 1000);
    }
    value.put("timeZone", ZoneId.systemDefault().getId()).put("user", System.getProperty("user.name", ""))
        .put("elevated", elevated());
    return Ending.found(value.build());
  }

  /** The facts an agent introduces itself with. */
  public static HostFacts facts(Path root) {
    Path kernel = root.resolve("proc/sys/kernel");
    return new HostFacts(ProcText.readOrEmpty(kernel.resolve("hostname")),
        OsRelease.read(root).field("PRETTY_NAME", "Linux"),
        ProcText.readOrEmpty(kernel.resolve("osrelease")), HostFacts.processorArchitecture(),
        ProcText.readOrEmpty(kernel.resolve("random/boot_id")));
  }

  private long bootedSeconds() {
    for (String line : ProcText.lines(ProcText.readOrEmpty(root.resolve("proc/stat")))) {
      if (line.startsWith("btime ")) {
        return ProcText.leadingNumber(line.substring("btime ".length()), 0);
      }
    }
    return 0;
  }

  /** {@code /proc/self} belongs to the effective user. */
  private boolean elevated() {
    try {
      return Files.getAttribute(root.resolve("proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
    } catch (IOException e) {
      // Without /proc nothing proves privileges.
      return false;
    }
  }
}
