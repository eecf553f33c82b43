package dev.sallyport.protocol.enrol;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;

/**
 * Which site authority document an agent starts from.
 *
 * @param version from 1, or 0 in {@link #NONE}
 * @param sha256 of the document, empty in {@link #NONE}
 */
public record AuthorityPin(long version, Bytes sha256) {
  /** No authority: the site is not sealed. */
  public static final AuthorityPin NONE = new AuthorityPin(0, Bytes.EMPTY);

  /** Checks that both parts are there or neither is. */
  public AuthorityPin {
    if (version < 0 || (version == 0) != sha256.isEmpty()) {
      throw new ProtocolException("authority: expected a version from 1 with a digest");
    }
    if (!sha256.isEmpty()) {
      sha256.requireLength("authority.sha256", EnrolBundle.SHA256_BYTES);
    }
  }

  /** Returns whether this is {@link #NONE}. */
  public boolean isNone() {
    return version == 0;
  }
}
