package dev.sallyport.server.store;

/**
 * Seals what the database must not reveal by itself, under a key that is never in the database (threat A4: a stolen
 * database or backup).
 */
public interface Vault {

  /** Encrypts {@code secret} for one place; two calls never give the same bytes. The caller wipes {@code secret}. */
  byte[] seal(byte[] secret, SealedColumn place);

  /**
   * Decrypts what {@link #seal} gave for the same place. The caller wipes the answer.
   *
   * @throws SealBrokenException if the bytes were changed, moved from another place, or sealed under a key not held
   */
  byte[] open(byte[] sealed, SealedColumn place);
}
