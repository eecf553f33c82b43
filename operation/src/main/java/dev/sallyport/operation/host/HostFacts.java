package dev.sallyport.operation.host;

/**
 * Who this machine is, in a few words of its own; any of them may be hostile.
 *
 * @param hostname as it calls itself
 * @param os name and version of the operating system
 * @param kernel its kernel's version, or empty
 * @param arch processor architecture as the JDK names it, for example {@code amd64}
 * @param bootId changes when the machine starts anew, or empty
 */
public record HostFacts(String hostname, String os, String kernel, String arch, String bootId) {
  private static final String UNKNOWN = "unknown";

  /** Text files end in a line feed, and an empty answer is none. */
  public HostFacts {
    hostname = orUnknown(hostname);
    os = orUnknown(os);
    kernel = kernel.strip();
    arch = orUnknown(arch);
    bootId = bootId.strip();
  }

  /** What the JDK knows on any operating system, without asking the network. */
  public static HostFacts portable() {
    String name = System.getenv().getOrDefault("COMPUTERNAME", System.getenv().getOrDefault("HOSTNAME", ""));
    return new HostFacts(name, System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""), "",
        processorArchitecture(), "");
  }

  /** As the JDK names it. */
  public static String processorArchitecture() {
    return System.getProperty("os.arch", "");
  }

  private static String orUnknown(String text) {
    return text.isBlank() ? UNKNOWN : text.strip();
  }
}
