package dev.sallyport.agent;

/** Which agent this is. */
public final class AgentVersion {
  /** Major, minor and patch version, one byte each, as HELLO carries it. */
  public static final int NUMBER = 0x000100;

  /** As in the jar's manifest. */
  public static final String TEXT = text();

  private AgentVersion() {
  }

  private static String text() {
    String version = AgentVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
