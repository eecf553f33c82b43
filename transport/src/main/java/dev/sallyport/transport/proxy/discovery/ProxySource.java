package dev.sallyport.transport.proxy.discovery;

import java.io.IOException;
import java.util.List;

/** A place where proxies are configured. */
public interface ProxySource {
  /** In a word or two for reports: {@code --proxy}, {@code GNOME}. */
  String name();

  /**
   * What it says of the way to a server now.
   *
   * @return empty if it says nothing; the next place is asked then. Of several the first that leads on counts
   * @throws IOException if what stands there makes no sense or cannot be read; the message says what to do
   */
  List<ProxySetting> settings(String host, int port) throws IOException;
}
