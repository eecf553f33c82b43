package dev.sallyport.cli.library;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.Ed25519;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/** A key that signs libraries, in a file that only its owner may read. */
final class KeyFile {
  private static final String ALGORITHM = "Ed25519";
  private static final int MAX_BYTES = 4096;
  private static final int MAX_KEY_BYTES = 256;

  private KeyFile() {
  }

  /** Makes a new key; a file that is there is not replaced. */
  static KeyPair create(Path file) throws IOException {
    try {
      KeyPair key = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] secret = key.getPrivate().getEncoded();
      byte[] text = JsonObject.builder().put("key", Ed25519.raw(key.getPublic()).base64Url())
          .putBytes("secret", secret).build().bytes();
      try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
          OutputStream out = Channels.newOutputStream(channel)) {
        out.write(text);
      } finally {
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(text, (byte) 0);
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has Ed25519", e);
    }
  }

  static KeyPair read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw noKey(file);
    }
    byte[] text = Files.readAllBytes(file);
    try {
      JsonObject json = Json.parseObject(text, JsonLimits.ofBytes(MAX_BYTES)).onlyFields("key", "secret");
      byte[] secret = json.bytes("secret", 1, MAX_KEY_BYTES);
      var pair = new KeyPair(Ed25519.publicKey(Bytes.of(json.bytes("key", Ed25519.KEY_BYTES, Ed25519.KEY_BYTES))),
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(secret)));
      Arrays.fill(secret, (byte) 0);
      return pair;
    } catch (ProtocolException | GeneralSecurityException e) {
      throw noKey(file);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static IllegalArgumentException noKey(Path file) {
    return new IllegalArgumentException(file + " is no key of `sallyport library keygen`");
  }
}
