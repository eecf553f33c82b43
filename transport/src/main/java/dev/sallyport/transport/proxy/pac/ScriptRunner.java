package dev.sallyport.transport.proxy.pac;

import java.io.IOException;

/** Evaluates proxy scripts, safely apart from everything that matters. */
@FunctionalInterface
public interface ScriptRunner {
  /**
   * What the script's {@code FindProxyForURL(url, host)} returns.
   *
   * @param script its text as it was fetched
   * @return at most {@link ScriptAnswer#MAX_LENGTH} characters
   * @throws IOException if it fails, or takes more time or memory than it may; the message says which
   */
  String run(byte[] script, String url, String host) throws IOException;
}
