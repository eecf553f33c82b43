package dev.sallyport.cli.config;

import java.net.URI;

import dev.sallyport.cli.api.Trust;

/** A server the operator is logged in to. The token is a secret: the text form of a profile leaves it out. */
public record Profile(URI server, Trust trust, String token) {
  @Override
  public String toString() {
    return "Profile[server=" + server + ", trust=" + trust + "]";
  }
}
