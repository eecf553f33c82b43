package dev.sallyport.libraries.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import oshi.hardware.HWDiskStore;
import oshi.hardware.HWPartition;

/** Drives as plain values. */
final class Drives {
  private Drives() {
  }

  static List<Object> of(List<HWDiskStore> drives) {
    var all = new ArrayList<Object>();
    for (HWDiskStore drive : drives) {
      var partitions = new ArrayList<Object>();
      for (HWPartition partition : drive.getPartitions()) {
        partitions.add(Map.of("name", partition.getIdentification(), "type", partition.getType(), "bytes",
            partition.getSize(), "point", partition.getMountPoint()));
      }
      all.add(Map.of("name", drive.getName(), "model", Parts.known(drive.getModel()), "serial",
          Parts.known(drive.getSerial()), "bytes", drive.getSize(), "partitions", partitions));
    }
    return all;
  }
}
