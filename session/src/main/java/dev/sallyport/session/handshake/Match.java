package dev.sallyport.session.handshake;

/**
 * Where the secrets of both sides met.
 *
 * @param ownIndex in the server's list, 0 is the newest
 * @param proofIndex in the agent's list, 0 is the newest
 */
public record Match(int ownIndex, int proofIndex) {}
