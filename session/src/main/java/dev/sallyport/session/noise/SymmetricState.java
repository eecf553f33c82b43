package dev.sallyport.session.noise;

import module java.base;

import javax.crypto.Mac;

/** Chaining key, handshake hash and current cipher of a handshake (Noise rev. 34 §5.2). */
final class SymmetricState implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final HashAlgorithm hash;
  private final AeadAlgorithm aead;
  private final MessageDigest digest;
  private final Mac mac;
  private final CipherState cipher;
  private final byte[] handshakeHash;
  private byte[] chainingKey;

  SymmetricState(byte[] protocolName, HashAlgorithm hash, AeadAlgorithm aead) {
    this.hash = hash;
    this.aead = aead;
    this.cipher = new CipherState(aead);
    try {
      this.digest = MessageDigest.getInstance(hash.digestName());
      this.mac = Mac.getInstance(hash.macName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + hash.digestName(), e);
    }
    this.handshakeHash = protocolName.length <= hash.bytes()
        ? Arrays.copyOf(protocolName, hash.bytes())
        : digest.digest(protocolName);
    this.chainingKey = handshakeHash.clone();
  }

  byte[] handshakeHash() {
    return handshakeHash.clone();
  }

  int overhead() {
    return cipher.overhead();
  }

  void mixHash(byte[] data) {
    mixHash(data, 0, data.length);
  }

  private void mixHash(byte[] data, int offset, int length) {
    digest.update(handshakeHash);
    digest.update(data, offset, length);
    try {
      digest.digest(handshakeHash, 0, handshakeHash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("hashing failed", e);
    }
  }

  void mixKey(byte[] material) {
    byte[][] outputs = derive(material, 2);
    chain(outputs[0]);
    cipher.initialize(outputs[1]);
    wipe(outputs[1]);
  }

  void mixKeyAndHash(byte[] material) {
    byte[][] outputs = derive(material, 3);
    chain(outputs[0]);
    mixHash(outputs[1]);
    cipher.initialize(outputs[2]);
    wipe(outputs[1]);
    wipe(outputs[2]);
  }

  /** Encrypts under the running hash and returns the offset behind what was written. */
  int encryptAndHash(byte[] plain, byte[] out, int offset) {
    int end = cipher.encrypt(handshakeHash, plain, out, offset);
    mixHash(out, offset, end - offset);
    return end;
  }

  byte[] decryptAndHash(byte[] in, int offset, int length) {
    byte[] plain = cipher.decrypt(handshakeHash, in, offset, length);
    mixHash(in, offset, length);
    return plain;
  }

  /** The outputs of {@code HKDF(ck, "", count)}: two ciphers' keys and, as the third, a key to export from. */
  byte[][] outputs(int count) {
    return derive(NOTHING, count);
  }

  CipherState cipherOf(byte[] key) {
    CipherState state = new CipherState(aead);
    state.initialize(key);
    return state;
  }

  /** HKDF as Noise words it (§4.3); 2 or 3 outputs of one hash length each. */
  private byte[][] derive(byte[] material, int count) {
    byte[] temporary = hmac(chainingKey, material);
    byte[][] outputs = new byte[count][];
    byte[] previous = NOTHING;
    for (int i = 0; i < count; i++) {
      byte[] input = Arrays.copyOf(previous, previous.length + 1);
      input[previous.length] = (byte) (i + 1);
      outputs[i] = hmac(temporary, input);
      wipe(input);
      previous = outputs[i];
    }
    wipe(temporary);
    return outputs;
  }

  private byte[] hmac(byte[] key, byte[] data) {
    try {
      mac.init(new RawKey(hash.macName(), key));
      return mac.doFinal(data);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("key derivation failed", e);
    }
  }

  private void chain(byte[] next) {
    wipe(chainingKey);
    chainingKey = next;
  }

  @Override
  public void close() {
    wipe(chainingKey);
    cipher.close();
  }

  private static void wipe(byte[] bytes) {
    Arrays.fill(bytes, (byte) 0);
  }
}
