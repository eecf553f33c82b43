package dev.sallyport.operation.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory modules in the tables that the firmware leaves (SMBIOS 3.7, section 6.1 for structures, 7.18 for memory devices). The bytes are whatever the
 * firmware wrote: no length in them is believed.
 */
final class SmbiosTables {
  /** Most bytes of the tables; real ones have some kilobytes. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int HEADER_BYTES = 4;
  private static final int MEMORY_DEVICE = 17;
  private static final int END_OF_TABLE = 127;

  private static final int SIZE = 0x0C;
  private static final int LOCATOR = 0x10;
  private static final int BANK = 0x11;
  private static final int TYPE = 0x12;
  private static final int SPEED = 0x15;
  private static final int MANUFACTURER = 0x17;
  private static final int SERIAL = 0x18;
  private static final int PART = 0x1A;
  private static final int EXTENDED_SIZE = 0x1C;

  private static final int SIZE_UNKNOWN = 0xFFFF;
  private static final int SIZE_IS_EXTENDED = 0x7FFF;
  private static final int IN_KILOBYTES = 0x8000;

  private final byte[] tables;

  SmbiosTables(byte[] tables) {
    this.tables = tables;
  }

  static SmbiosTables read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new SmbiosTables(in.readNBytes(MAX_BYTES));
    }
  }

  /** Adds an item for each module that is there; empty slots are none. */
  void modules(Findings findings) {
    int at = 0;
    int number = 0;
    while (at + HEADER_BYTES <= tables.length && unsigned(at) != END_OF_TABLE) {
      int length = unsigned(at + 1);
      int strings = at + length;
      if (length < HEADER_BYTES || strings > tables.length) {
        return;
      }
      List<String> texts = new ArrayList<>();
      int next = texts(strings, texts);
      if (unsigned(at) == MEMORY_DEVICE) {
        module(new Structure(at, length, texts), number++, findings);
      }
      at = next;
    }
  }

  /** Reads the texts behind a structure, up to the empty one; returns where the next structure begins. */
  private int texts(int from, List<String> texts) {
    int at = from;
    while (at < tables.length && tables[at] != 0) {
      int end = at;
      while (end < tables.length && tables[end] != 0) {
        end++;
      }
      texts.add(new String(tables, at, end - at, StandardCharsets.UTF_8));
      at = end + 1;
    }
    return at == from ? at + 2 : at + 1;
  }

  private static void module(Structure device, int number, Findings findings) {
    long bytes = size(device);
    if (bytes <= 0) {
      return;
    }
    String slot = device.text(LOCATOR);
    findings.add("memory module " + number + (slot.isBlank() ? "" : " " + slot), new Fields().number("bytes", bytes)
        .text("slot", slot).text("bank", device.text(BANK)).text("type", type(device.octet(TYPE)))
        .amount("speedMts", device.word(SPEED)).text("vendor", device.text(MANUFACTURER))
        .text("serial", device.text(SERIAL)).text("part", device.text(PART)));
  }

  private static long size(Structure device) {
    int size = device.word(SIZE);
    if (size == SIZE_UNKNOWN) {
      return 0;
    }
    if (size == SIZE_IS_EXTENDED) {
      return ((long) device.word(EXTENDED_SIZE + 2) << 16 | device.word(EXTENDED_SIZE)) << 20;
    }
    return (size & IN_KILOBYTES) == 0 ? (long) size << 20 : (long) (size & ~IN_KILOBYTES) << 10;
  }

  private static String type(int code) {
    return switch (code) {
      case 0x12 -> "DDR";
      case 0x13 -> "DDR2";
      case 0x18 -> "DDR3";
      case 0x1A -> "DDR4";
      case 0x1B -> "LPDDR";
      case 0x1C -> "LPDDR2";
      case 0x1D -> "LPDDR3";
      case 0x1E -> "LPDDR4";
      case 0x20 -> "HBM";
      case 0x21 -> "HBM2";
      case 0x22 -> "DDR5";
      case 0x23 -> "LPDDR5";
      default -> "";
    };
  }

  private int unsigned(int at) {
    return tables[at] & 0xff;
  }

  /** One structure; what older firmware does not have of it is zero. */
  private final class Structure {
    private final int at;
    private final int length;
    private final List<String> texts;

    Structure(int at, int length, List<String> texts) {
      this.at = at;
      this.length = length;
      this.texts = texts;
    }

    int octet(int offset) {
      return offset < length ? unsigned(at + offset) : 0;
    }

    int word(int offset) {
      return octet(offset + 1) << 8 | octet(offset);
    }

    /** Texts are numbered from one; zero is none. */
    String text(int offset) {
      int number = octet(offset);
      return number == 0 || number > texts.size() ? "" : texts.get(number - 1).strip();
    }
  }
}
