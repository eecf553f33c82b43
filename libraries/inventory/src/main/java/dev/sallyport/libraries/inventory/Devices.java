package dev.sallyport.libraries.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import oshi.hardware.GraphicsCard;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.PowerSource;
import oshi.hardware.SoundCard;
import oshi.hardware.UsbDevice;

/** What is built in or plugged in, as plain values. */
final class Devices {
  private Devices() {
  }

  static Map<String, Object> of(HardwareAbstractionLayer hardware) {
    List<Object> graphics = new ArrayList<>();
    for (GraphicsCard card : hardware.getGraphicsCards()) {
      graphics.add(Map.of("name", Parts.known(card.getName()), "maker", Parts.known(card.getVendor()), "bytes",
          card.getVRam()));
    }
    List<Object> sound = new ArrayList<>();
    for (SoundCard card : hardware.getSoundCards()) {
      sound.add(Map.of("name", Parts.known(card.getName()), "driver", Parts.known(card.getDriverVersion())));
    }
    List<Object> usb = new ArrayList<>();
    for (UsbDevice device : hardware.getUsbDevices(false)) {
      usb.add(Map.of("name", Parts.known(device.getName()), "maker", Parts.known(device.getVendor()), "serial",
          Parts.known(device.getSerialNumber())));
    }
    List<Object> batteries = new ArrayList<>();
    for (PowerSource source : hardware.getPowerSources()) {
      batteries.add(Map.of("name", Parts.known(source.getName()), "charged", source.getRemainingCapacityPercent(),
          "cycles", source.getCycleCount()));
    }
    return Map.of("graphics", graphics, "sound", sound, "usb", usb, "batteries", batteries);
  }
}
