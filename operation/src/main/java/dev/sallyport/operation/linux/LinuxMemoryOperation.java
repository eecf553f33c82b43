package dev.sallyport.operation.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Outcome;

/**
 * {@code host.memory}, all in bytes: {@code total}, {@code available} (for new programs without swapping), {@code free} (unused
 * altogether), {@code cached}, {@code swapTotal}, {@code swapFree}. See proc_meminfo(5).
 */
public final class LinuxMemoryOperation implements Primitive<HostOperation.Memory> {
  private final Path proc;

  public LinuxMemoryOperation(Path proc) {
    this.proc = proc;
  }

  @Override
  public Ending run(HostOperation.Memory operation, OperationContext context) {
    Map<String, Long> bytes;
    try {
      bytes = read();
    } catch (IOException e) {
      return Ending.without(Outcome.FAILED, "cannot read /proc/meminfo: " + e.getMessage());
    }
    long free = bytes.getOrDefault("MemFree", 0L);
    return Ending.found(JsonObject.builder().put("total", bytes.getOrDefault("MemTotal", 0L))
        .put("available", bytes.getOrDefault("MemAvailable", free)).put("free", free)
        .put("cached", bytes.getOrDefault("Cached", 0L) + bytes.getOrDefault("Buffers", 0L))
        .put("swapTotal", bytes.getOrDefault("SwapTotal", 0L)).put("swapFree", bytes.getOrDefault("SwapFree", 0L))
        .build());
  }

  private Map<String, Long> read() throws IOException {
    var bytes = new HashMap<String, Long>();
    for (String line : ProcText.lines(ProcText.read(proc.resolve("meminfo")))) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String amount = line.substring(colon + 1).strip();
        long unit = amount.endsWith(" kB") ? 1024 : 1;
        bytes.put(line.substring(0, colon), ProcText.leadingNumber(amount, 0) * unit);
      }
    }
    return bytes;
  }
}
