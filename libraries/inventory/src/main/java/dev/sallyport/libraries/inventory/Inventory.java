package dev.sallyport.libraries.inventory;

import dev.sallyport.library.Call;
import dev.sallyport.library.Library;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;

/** The functions of the library {@code inventory}. */
public final class Inventory implements Library {
  /** Made by the agent. */
  public Inventory() {
  }

  @Override
  public Object call(Call call) {
    keepNativeCodeInOwnDirectory();
    HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
    return switch (call.function()) {
      case "computer" -> Parts.computer(hardware.getComputerSystem());
      case "processor" -> Parts.processor(hardware.getProcessor());
      case "memory" -> Parts.memory(hardware.getMemory());
      case "disks" -> Drives.of(hardware.getDiskStores());
      case "devices" -> Devices.of(hardware);
      case "sensors" -> Parts.sensors(hardware.getSensors());
      default -> throw call.unknownFunction();
    };
  }

  /** JNA would put its native half into the account's home directory; the process's own goes with the process. */
  private static void keepNativeCodeInOwnDirectory() {
    System.setProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
    System.setProperty("jna.nosys", "true");
  }
}
