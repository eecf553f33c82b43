package dev.sallyport.session.noise;

/** Which end of a handshake this is: the initiator writes the first message. */
public enum Role {
  INITIATOR, RESPONDER
}
