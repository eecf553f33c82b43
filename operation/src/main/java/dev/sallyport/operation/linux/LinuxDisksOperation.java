package dev.sallyport.operation.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Outcome;

/**
 * {@code host.disks}: {@code mounts}, each with {@code point}, {@code device}, {@code type}, {@code readOnly}, {@code remote}, and for
 * local ones in bytes {@code total}, {@code free}, {@code available} (free for ordinary accounts); {@code devices}, each with
 * {@code name}, {@code bytes}, {@code model}, {@code rotational}, {@code removable}. {@code more} is true where a list was cut at
 * {@link #MAX_ITEMS}.
 *
 * <p>The size of a remote file system is not asked for: with its server gone the question would never return.
 */
public final class LinuxDisksOperation implements Primitive<HostOperation.Disks> {
  /** Most mounts and most devices in one answer; a host of containers has hundreds. */
  static final int MAX_ITEMS = 500;

  private static final int SECTOR_BYTES = 512;

  private final Path proc;
  private final Path sys;

  public LinuxDisksOperation(Path proc, Path sys) {
    this.proc = proc;
    this.sys = sys;
  }

  @Override
  public Ending run(HostOperation.Disks operation, OperationContext context) {
    List<Json> mounts;
    try {
      mounts = mounts(Mount.parse(ProcText.read(proc.resolve("self/mountinfo"))));
    } catch (IOException e) {
      return Ending.without(Outcome.FAILED, "cannot read /proc/self/mountinfo: " + e.getMessage());
    }
    List<Json> devices = devices();
    boolean more = mounts.size() > MAX_ITEMS || devices.size() > MAX_ITEMS;
    var value = JsonObject.builder().put("mounts", JsonArray.of(first(mounts))).put("devices",
        JsonArray.of(first(devices)));
    if (more) {
      value.put("more", true);
    }
    return Ending.found(value.build());
  }

  private static List<Json> first(List<Json> items) {
    return items.subList(0, Math.min(MAX_ITEMS, items.size()));
  }

  /** One file system mounted at many places is told once, at its first place. */
  private static List<Json> mounts(List<Mount> mounts) {
    var told = new ArrayList<Json>();
    Set<String> seen = new HashSet<>();
    for (Mount mount : mounts) {
      boolean ownDevice = mount.device().startsWith("/");
      if (mount.disk() && told.size() <= MAX_ITEMS && seen.add(ownDevice ? mount.device() : mount.point())) {
        told.add(describe(mount));
      }
    }
    return told;
  }

  private static JsonObject describe(Mount mount) {
    var json = JsonObject.builder().put("point", mount.point()).put("device", mount.device()).put("type", mount.type())
        .put("readOnly", mount.readOnly()).put("remote", mount.remote());
    if (!mount.remote()) {
      putSizes(json, mount.point());
    }
    return json.build();
  }

  private static void putSizes(JsonObject.Builder json, String point) {
    long total;
    long free;
    long available;
    try {
      FileStore store = Files.getFileStore(Path.of(point));
      total = store.getTotalSpace();
      free = store.getUnallocatedSpace();
      available = store.getUsableSpace();
    } catch (IOException | InvalidPathException e) {
      // Hidden under another mount, or not for this account: told without sizes.
      return;
    }
    json.put("total", total).put("free", free).put("available", available);
  }

  private List<Json> devices() {
    var devices = new ArrayList<Json>();
    try (DirectoryStream<Path> blocks = Files.newDirectoryStream(sys.resolve("block"))) {
      for (Path block : blocks) {
        long bytes = ProcText.leadingNumber(ProcText.readOrEmpty(block.resolve("size")), 0) * SECTOR_BYTES;
        String name = block.getFileName().toString();
        if (bytes > 0 && devices.size() <= MAX_ITEMS && !name.startsWith("loop") && !name.startsWith("ram")) {
          devices.add(JsonObject.builder().put("name", name).put("bytes", bytes)
              .put("model", ProcText.readOrEmpty(block.resolve("device/model")))
              .put("rotational", ProcText.readOrEmpty(block.resolve("queue/rotational")).equals("1"))
              .put("removable", ProcText.readOrEmpty(block.resolve("removable")).equals("1")).build());
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Containers often have no /sys: the mounts are answer enough.
      return devices;
    }
    return devices;
  }
}
