package dev.sallyport.libraries.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import oshi.hardware.CentralProcessor;
import oshi.hardware.ComputerSystem;
import oshi.hardware.GlobalMemory;
import oshi.hardware.PhysicalMemory;
import oshi.hardware.Sensors;

/** A computer's inner parts as plain values. What is not known is an empty text, or a number that is not there. */
final class Parts {
  private Parts() {
  }

  static Map<String, Object> computer(ComputerSystem computer) {
    var all = new LinkedHashMap<String, Object>();
    all.put("maker", known(computer.getManufacturer()));
    all.put("model", known(computer.getModel()));
    all.put("serial", known(computer.getSerialNumber()));
    all.put("uuid", known(computer.getHardwareUUID()));
    var firmware = computer.getFirmware();
    all.put("firmware", Map.of("maker", known(firmware.getManufacturer()), "name", known(firmware.getName()), "version",
        known(firmware.getVersion()), "date", known(firmware.getReleaseDate())));
    var board = computer.getBaseboard();
    all.put("board", Map.of("maker", known(board.getManufacturer()), "model", known(board.getModel()), "version",
        known(board.getVersion()), "serial", known(board.getSerialNumber())));
    return all;
  }

  static Map<String, Object> processor(CentralProcessor processor) {
    var all = new LinkedHashMap<String, Object>();
    var identity = processor.getProcessorIdentifier();
    all.put("name", known(identity.getName()));
    all.put("maker", known(identity.getVendor()));
    all.put("architecture", known(identity.getMicroarchitecture()));
    all.put("sockets", processor.getPhysicalPackageCount());
    all.put("cores", processor.getPhysicalProcessorCount());
    all.put("logical", processor.getLogicalProcessorCount());
    all.put("maxHertz", processor.getMaxFreq());
    var caches = new ArrayList<Object>();
    for (var cache : processor.getProcessorCaches()) {
      caches.add(Map.of("level", (int) cache.getLevel(), "type", cache.getType().name(), "bytes",
          (long) cache.getCacheSize()));
    }
    all.put("caches", caches);
    return all;
  }

  static Map<String, Object> memory(GlobalMemory memory) {
    var modules = new ArrayList<Object>();
    for (PhysicalMemory module : memory.getPhysicalMemory()) {
      modules.add(Map.of("bank", known(module.getBankLabel()), "bytes", module.getCapacity(), "hertz",
          module.getClockSpeed(), "maker", known(module.getManufacturer()), "type", known(module.getMemoryType()),
          "part", known(module.getPartNumber())));
    }
    return Map.of("bytes", memory.getTotal(), "modules", modules);
  }

  static Map<String, Object> sensors(Sensors sensors) {
    List<Object> fans = new ArrayList<>();
    for (int speed : sensors.getFanSpeeds()) {
      fans.add(speed);
    }
    var all = new LinkedHashMap<String, Object>();
    measured(all, "celsius", sensors.getCpuTemperature());
    measured(all, "volts", sensors.getCpuVoltage());
    all.put("fansRpm", fans);
    return all;
  }

  private static void measured(Map<String, Object> all, String name, double value) {
    if (Double.isFinite(value) && value > 0) {
      all.put(name, value);
    }
  }

  /** OSHI says {@code unknown} where it does not know. */
  static String known(String text) {
    return text.equalsIgnoreCase("unknown") ? "" : text;
  }
}
