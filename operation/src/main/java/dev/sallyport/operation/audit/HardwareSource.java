package dev.sallyport.operation.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxMemoryOperation;
import dev.sallyport.operation.linux.LinuxProcessorsOperation;
import dev.sallyport.operation.linux.ProcText;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Outcome;

/** What the machine is made of, from {@code /proc}, {@code /sys} and the firmware's tables; virtual disks and adapters are none. */
final class HardwareSource implements Source {
  private static final int SECTOR_BYTES = 512;

  /** Most devices of a bus. */
  private static final int MAX_DEVICES = 4096;

  private final Path proc;
  private final Path sys;

  HardwareSource(Path root) {
    this.proc = root.resolve("proc");
    this.sys = root.resolve("sys");
  }

  @Override
  public void gather(Findings findings, OperationContext context) throws IOException {
    processors(findings, context);
    memory(findings, context);
    firmware(findings);
    for (Path disk : devices("block")) {
      disk(disk, findings);
    }
    for (Path adapter : devices("class/net")) {
      adapter(adapter, findings);
    }
    for (Path device : devices("bus/pci/devices")) {
      findings.add("pci " + name(device), new Fields().text("vendorId", text(device, "vendor"))
          .text("deviceId", text(device, "device")).text("class", text(device, "class"))
          .text("driver", target(device.resolve("driver"))));
    }
    for (Path device : devices("bus/usb/devices")) {
      usb(device, findings);
    }
    for (String bus : List.of("pci", "usb")) {
      if (!Files.isDirectory(sys.resolve("bus/" + bus + "/devices"))) {
        findings.unsupported(bus);
      }
    }
  }

  private void processors(Findings findings, OperationContext context) {
    Ending ending = new LinuxProcessorsOperation(proc).run(new HostOperation.Processors(), context);
    if (ending.outcome() != Outcome.DONE) {
      findings.unsupported("cpu");
      return;
    }
    JsonObject cpu = ending.value();
    findings.add("cpu", new Fields().text("model", cpu.string("model", "")).text("vendor", cpu.string("vendor", ""))
        .amount("packages", number(cpu, "packages")).amount("cores", number(cpu, "cores"))
        .amount("logical", number(cpu, "logical")));
  }

  private void memory(Findings findings, OperationContext context) throws IOException {
    Ending ending = new LinuxMemoryOperation(proc).run(new HostOperation.Memory(), context);
    if (ending.outcome() == Outcome.DONE) {
      findings.add("memory", new Fields().amount("bytes", number(ending.value(), "total"))
          .amount("swapBytes", number(ending.value(), "swapTotal")));
    } else {
      findings.unsupported("memory");
    }
    Path tables = sys.resolve("firmware/dmi/tables/DMI");
    if (Files.isReadable(tables)) {
      SmbiosTables.read(tables).modules(findings);
    } else {
      findings.unsupported("memory modules");
    }
  }

  private static long number(JsonObject json, String field) {
    return json.integer(field, 0, Long.MAX_VALUE, 0);
  }

  private void firmware(Findings findings) {
    Path dmi = sys.resolve("class/dmi/id");
    if (!Files.isDirectory(dmi)) {
      findings.unsupported("dmi");
      return;
    }
    findings.add("bios",
        new Fields().text("vendor", text(dmi, "bios_vendor")).text("version", text(dmi, "bios_version"))
            .text("date", text(dmi, "bios_date")));
    findings.add("board", new Fields().text("vendor", text(dmi, "board_vendor")).text("model", text(dmi, "board_name"))
        .text("version", text(dmi, "board_version")).text("serial", text(dmi, "board_serial")));
    findings.add("machine", new Fields().text("vendor", text(dmi, "sys_vendor"))
        .text("model", text(dmi, "product_name")).text("version", text(dmi, "product_version"))
        .text("serial", text(dmi, "product_serial")).text("uuid", text(dmi, "product_uuid")));
  }

  private static void disk(Path disk, Findings findings) {
    long bytes = ProcText.leadingNumber(text(disk, "size"), 0) * SECTOR_BYTES;
    if (bytes > 0 && Files.exists(disk.resolve("device"))) {
      String serial = text(disk, "serial");
      findings.add("disk " + name(disk), new Fields().number("bytes", bytes).text("vendor", text(disk, "device/vendor"))
          .text("model", text(disk, "device/model"))
          .text("serial", serial.isEmpty() ? text(disk, "device/serial") : serial)
          .flag("rotational", text(disk, "queue/rotational").equals("1"))
          .flag("removable", text(disk, "removable").equals("1")));
    }
  }

  private static void adapter(Path adapter, Findings findings) {
    if (Files.exists(adapter.resolve("device"))) {
      findings.add("network " + name(adapter), new Fields().text("mac", text(adapter, "address"))
          .text("driver", target(adapter.resolve("device/driver"))).text("addresses", addresses(name(adapter))));
    }
  }

  /** Its addresses beyond its own link. */
  private static String addresses(String adapter) {
    List<String> texts = new ArrayList<>();
    try {
      NetworkInterface known = NetworkInterface.getByName(adapter);
      for (InterfaceAddress each : known == null ? List.<InterfaceAddress>of() : known.getInterfaceAddresses()) {
        InetAddress address = each.getAddress();
        if (!address.isLinkLocalAddress()) {
          String text = address.getHostAddress();
          int zone = text.indexOf('%');
          texts.add((zone < 0 ? text : text.substring(0, zone)) + "/" + each.getNetworkPrefixLength());
        }
      }
    } catch (IOException e) {
      // Gone meanwhile: without addresses.
      return "";
    }
    Collections.sort(texts);
    return String.join(" ", texts);
  }

  private static void usb(Path device, Findings findings) {
    if (Files.exists(device.resolve("idVendor"))) {
      findings.add("usb " + name(device), new Fields().text("vendorId", text(device, "idVendor"))
          .text("deviceId", text(device, "idProduct")).text("vendor", text(device, "manufacturer"))
          .text("model", text(device, "product")).text("serial", text(device, "serial")));
    }
  }

  private List<Path> devices(String directory) {
    var devices = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(sys.resolve(directory))) {
      for (Path entry : entries) {
        if (devices.size() < MAX_DEVICES) {
          devices.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Containers often have no /sys, and many machines no such bus.
      return List.of();
    }
    return devices;
  }

  private static String text(Path directory, String file) {
    return ProcText.readOrEmpty(directory.resolve(file));
  }

  private static String target(Path link) {
    try {
      Path name = Files.readSymbolicLink(link).getFileName();
      return name == null ? "" : name.toString();
    } catch (IOException e) {
      // Without a driver.
      return "";
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
