package dev.sallyport.server.web;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Gives an unforeseen failure a name that stands both in the log, with its cause, and in the answer, without it. */
public final class Incidents {

  private static final Logger LOG = System.getLogger(Incidents.class.getName());
  private static final int ID_BYTES = 8;

  private final SecureRandom random = new SecureRandom();

  /** Logs the failure and returns what the caller may know of it: the incident's name, nothing of the cause. */
  public Problem problem(Throwable failure) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    LOG.log(Level.ERROR, "incident " + id, failure);
    return new Problem(500, "internal", Category.INTERNAL,
        "The server failed in an unforeseen way. Incident " + id + ".", "",
        "Tell the server's administrator the incident's name; its log tells the rest.");
  }
}
