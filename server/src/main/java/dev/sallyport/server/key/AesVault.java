package dev.sallyport.server.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.sallyport.server.store.SealBrokenException;
import dev.sallyport.server.store.SealedColumn;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Vault;

/**
 * AES-256-GCM under a key in a file.
 *
 * <p>
 * A sealed value is {@code 0x01 ‖ key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16)}. The key's id is the beginning of a
 * hash of the key, so a key in the file may be followed by older ones, under which old values still open. The place is
 * authenticated as length-prefixed fields, so no two places read alike.
 *
 * <p>
 * Nonces are random: up to 2³² values may be sealed under one key (NIST SP 800-38D, 8.3). At ten a second, day and
 * night, that is thirteen years.
 */
public final class AesVault implements Vault {

  private static final byte VERSION = 1;
  private static final int KEY_ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

  private final Path file;
  private final Map<Integer, SecretKey> keys = new LinkedHashMap<>();
  private final int present;
  private final SecretKey presentKey;
  private final SecureRandom random = new SecureRandom();

  private AesVault(Path file, List<byte[]> newestFirst) {
    this.file = file;
    newestFirst.forEach(key -> keys.putIfAbsent(id(key), new SecretKeySpec(key, "AES")));
    this.present = id(newestFirst.getFirst());
    this.presentKey = new SecretKeySpec(newestFirst.getFirst(), "AES");
  }

  /**
   * Opens the key file, or makes it on the first start.
   *
   * @throws KeyException if it cannot be used
   */
  public static AesVault open(Path file) {
    List<byte[]> keys = KeyFile.openOrCreate(file,
        "Sallyport vault key. Whoever has this and the database has the agents' secrets; without it the agents are lost.");
    try {
      return new AesVault(file, keys);
    } finally {
      keys.forEach(key -> Arrays.fill(key, (byte) 0));
    }
  }

  /**
   * Notes in the database which key it is sealed under, and refuses a database that was sealed under a key not held: a
   * key file that was lost and made anew must not go unnoticed until an agent is locked out.
   *
   * @throws KeyException if the file is not the one of this database
   */
  public void belongsTo(Store store) {
    List<Long> used = store.read(sql -> sql.sql("SELECT id FROM vault_key").query(Long.class).list());
    var missing = new ArrayList<>(used);
    missing.removeIf(id -> keys.containsKey(Math.toIntExact(id)));
    if (!missing.isEmpty()) {
      throw new KeyException("The key file " + file
          + " is not the one this database was sealed with. Put back the key file from the backup.");
    }
    if (!used.contains((long) present)) {
      store.write(
          sql -> sql.sql("INSERT INTO vault_key (id) VALUES (?) ON CONFLICT (id) DO NOTHING").param((long) present)
              .update());
    }
  }

  @Override
  public byte[] seal(byte[] secret, SealedColumn place) {
    byte[] head = new byte[HEAD_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    ByteBuffer.wrap(head).put(VERSION).putInt(present).put(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, presentKey, nonce, head, place);
      byte[] sealed = Arrays.copyOf(head, HEAD_BYTES + secret.length + TAG_BYTES);
      cipher.doFinal(secret, 0, secret.length, sealed, HEAD_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing or unwell", e);
    }
  }

  @Override
  public byte[] open(byte[] sealed, SealedColumn place) {
    if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] != VERSION) {
      throw new SealBrokenException("What is stored in " + place.column() + " is not a sealed value.");
    }
    SecretKey key = keys.get(ByteBuffer.wrap(sealed).getInt(1));
    if (key == null) {
      throw new SealBrokenException(
          "What is stored in " + place.column() + " was sealed under a key that is not in " + file
              + ". Put back the key file from the backup.");
    }
    try {
      byte[] head = Arrays.copyOf(sealed, HEAD_BYTES);
      byte[] nonce = Arrays.copyOfRange(sealed, 1 + KEY_ID_BYTES, HEAD_BYTES);
      return cipher(Cipher.DECRYPT_MODE, key, nonce, head, place).doFinal(sealed, HEAD_BYTES,
          sealed.length - HEAD_BYTES);
    } catch (GeneralSecurityException e) {
      throw new SealBrokenException("What is stored in " + place.column() + " was changed, or belongs to another row.");
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] head, SealedColumn place)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    byte[] owner = place.owner().getBytes(StandardCharsets.UTF_8);
    byte[] column = place.column().getBytes(StandardCharsets.UTF_8);
    cipher.updateAAD(head);
    cipher.updateAAD(ByteBuffer.allocate(4 + owner.length + 8 + 4 + column.length).putInt(owner.length).put(owner)
        .putLong(place.epoch()).putInt(column.length).put(column).flip());
    return cipher;
  }

  private static int id(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("sallyport vault key id".getBytes(StandardCharsets.US_ASCII));
      return ByteBuffer.wrap(digest.digest(key)).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
