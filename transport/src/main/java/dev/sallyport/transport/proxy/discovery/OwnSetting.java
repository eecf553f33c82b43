package dev.sallyport.transport.proxy.discovery;

import java.io.IOException;
import java.util.List;

/** The one proxy that was named for this agent. */
public final class OwnSetting implements ProxySource {
  /** Where the text comes from. */
  @FunctionalInterface
  public interface Text {
    /** As {@link ProxySetting#of} reads it; empty if nothing is said. */
    String read() throws IOException;
  }

  private final String name;
  private final Text text;

  /** @param text asked at every attempt */
  public OwnSetting(String name, Text text) {
    this.name = name;
    this.text = text;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<ProxySetting> settings(String host, int port) throws IOException {
    String own = text.read();
    try {
      return own.isEmpty() ? List.of() : List.of(ProxySetting.of(own));
    } catch (IllegalArgumentException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }
}
