package dev.sallyport.agent.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.sallyport.agent.state.StateException;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;

/**
 * The proxy that was set for this agent, with its password, encrypted (AES-256-GCM) under a key that lies in a file of its own beside it and
 * is made anew whenever a proxy is set. That keeps the password out of whatever reads or copies one file, and out of what is left of an old
 * one; it does not keep it from whoever may read all of the state directory, who is this agent for all purposes.
 *
 * <p>On disk: {@code nonce(12) | ciphertext and tag}, and the 32 bytes of the key.
 */
public final class ProxyStore {
  private static final String FILE = "proxy";
  private static final String KEY_FILE = "proxy-key";
  private static final int SCHEMA = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] PURPOSE = "sallyport proxy 1".getBytes(StandardCharsets.US_ASCII);

  private static final String UNUSABLE = "the stored proxy cannot be decrypted; set it again with sallyport-agent proxy set";

  private final StateFiles files;
  private final StateRecord stored;
  private final StateRecord storedKey;

  /** @param files of the state directory */
  public ProxyStore(StateFiles files) {
    this.files = files;
    this.stored = new StateRecord(files, FILE, SCHEMA);
    this.storedKey = new StateRecord(files, KEY_FILE, SCHEMA);
  }

  /**
   * The setting as it was given.
   *
   * @return empty if none was
   * @throws StateException if it cannot be read; the message says what to do
   */
  public String read() throws IOException {
    if (!stored.exists()) {
      return "";
    }
    byte[] sealed = stored.read();
    if (!storedKey.exists() || sealed.length < NONCE_BYTES) {
      throw new StateException(UNUSABLE);
    }
    byte[] key = storedKey.read();
    byte[] text = new byte[0];
    try {
      text = cipher(Cipher.DECRYPT_MODE, key, sealed).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new StateException(UNUSABLE, e);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Takes the place of what was set before. */
  public void write(String setting, SecureRandom random) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    byte[] text = setting.getBytes(StandardCharsets.UTF_8);
    random.nextBytes(key);
    random.nextBytes(nonce);
    try {
      byte[] body = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(text);
      clear(); // an old text under a new key could not be read; none at all is what a crash may leave
      storedKey.write(key);
      stored.write(ByteBuffer.allocate(NONCE_BYTES + body.length).put(nonce).put(body).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Forgets it; the key first, without which the rest says nothing. */
  public void clear() throws IOException {
    if (files.exists(KEY_FILE) || files.exists(FILE)) {
      storedKey.erase();
      stored.erase();
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] startingWithNonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, startingWithNonce, 0, NONCE_BYTES));
    cipher.updateAAD(PURPOSE);
    return cipher;
  }
}
