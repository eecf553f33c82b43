package dev.sallyport.session.noise;

/**
 * One word of a Noise message pattern (Noise rev. 34 §7.1; {@code E1} and {@code EKEM1} from the {@code hfs} extension
 * rev. 1). In two-letter tokens the first letter names the initiator's key, the second the responder's.
 */
public enum Token {
  /** The sender's fresh Diffie-Hellman public key, in clear. */
  E,
  /** The sender's static public key, encrypted once a key exists. */
  S,
  /** Agreement of both ephemeral keys. */
  EE,
  /** Agreement of the initiator's ephemeral and the responder's static key. */
  ES,
  /** Agreement of the initiator's static and the responder's ephemeral key. */
  SE,
  /** Agreement of both static keys. */
  SS,
  /** The pre-shared symmetric key. */
  PSK,
  /** The sender's fresh encapsulation key, encrypted once a key exists. */
  E1,
  /** A secret encapsulated to the peer's {@code E1}. */
  EKEM1
}
