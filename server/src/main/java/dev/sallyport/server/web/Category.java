package dev.sallyport.server.web;

import java.util.Locale;

/** Whose fault an error is, so that errors can be counted. */
public enum Category {
  /** The caller asked for something wrong. */
  USER,
  /** The agent or its machine. */
  AGENT,
  /** The way between server and agent. */
  TRANSPORT,
  /** This server. */
  INTERNAL;

  /** The lower-case word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
