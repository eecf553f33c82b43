package dev.sallyport.transport.poll;

import java.util.Locale;

/** The rows of requests that make a link: {@code POST /slp/1/<link>/<lane>}. */
public enum PollLane {
  /** Brings messages to the server. */
  UP,
  /** Fetches messages from the server. */
  DOWN,
  /** One request, whose body says nothing: the agent has ended the link. */
  END;

  /** What the path of every request begins with. */
  public static final String ROOT = "/slp/1/";

  /** Digits of a link's name: 128 random bits in lower-case hexadecimal. */
  public static final int LINK_DIGITS = 32;

  /** The last part of the path. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where this lane's requests go. */
  public String path(String link) {
    return ROOT + link + "/" + word();
  }
}
