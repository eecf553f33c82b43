package dev.sallyport.server.fake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sallyport.server.store.SealBrokenException;
import dev.sallyport.server.store.SealedColumn;
import dev.sallyport.server.store.Vault;

/** A vault without cryptography that still opens a value only at the place it was sealed for. */
public final class PlaceVault implements Vault {
  private static final byte MASK = 0x5A;

  @Override
  public byte[] seal(byte[] secret, SealedColumn place) {
    byte[] name = place.toString().getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Arrays.copyOf(name, name.length + 1 + secret.length);
    for (int i = 0; i < secret.length; i++) {
      sealed[name.length + 1 + i] = (byte) (secret[i] ^ MASK);
    }
    return sealed;
  }

  @Override
  public byte[] open(byte[] sealed, SealedColumn place) {
    byte[] name = place.toString().getBytes(StandardCharsets.UTF_8);
    if (sealed.length <= name.length || !Arrays.equals(Arrays.copyOf(sealed, name.length), name)) {
      throw new SealBrokenException("sealed for another place than " + place);
    }
    byte[] secret = Arrays.copyOfRange(sealed, name.length + 1, sealed.length);
    for (int i = 0; i < secret.length; i++) {
      secret[i] ^= MASK;
    }
    return secret;
  }
}
