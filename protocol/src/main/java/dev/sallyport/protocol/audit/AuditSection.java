package dev.sallyport.protocol.audit;

import dev.sallyport.protocol.ProtocolException;

/** The parts of an inventory, each audited by itself. */
public enum AuditSection {
  /** Processors, memory, disks, network adapters, BIOS and board, devices on PCI and USB. */
  HARDWARE("hardware"),
  /** The operating system. */
  SYSTEM("system"),
  /** What package managers have installed. */
  SOFTWARE("software"),
  /** What the service manager starts. */
  SERVICES("services"),
  /** Accounts and groups of the machine itself. */
  USERS("users"),
  /** Ports at which programs wait for others. */
  PORTS("ports"),
  /** Print queues. */
  PRINTERS("printers"),
  /** Files of certain names. */
  FILES("files");

  /** Most characters of a word. */
  public static final int MAX_WORD_LENGTH = 16;

  private static final AuditSection[] ALL = values();

  private final String word;

  AuditSection(String word) {
    this.word = word;
  }

  /** Returns the word on the wire. */
  public String word() {
    return word;
  }

  /**
   * Returns the constant with this word.
   *
   * @throws ProtocolException if there is none
   */
  public static AuditSection ofWord(String word) {
    for (AuditSection section : ALL) {
      if (section.word.equals(word)) {
        return section;
      }
    }
    throw new ProtocolException(
        "expected a section: hardware, system, software, services, users, ports, printers, files");
  }
}
