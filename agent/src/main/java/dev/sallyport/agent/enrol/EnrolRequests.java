package dev.sallyport.agent.enrol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.sallyport.agent.identity.AgentKeys;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.enrol.EnrolRequest;

/** What this machine says of itself when it enrols. */
final class EnrolRequests {
  private static final Path MACHINE_ID = Path.of("/etc/machine-id");
  private static final byte[] CONTEXT = "sallyport machine fingerprint".getBytes(StandardCharsets.US_ASCII);
  private static final int FINGERPRINT_BYTES = 16;

  private EnrolRequests() {
  }

  static EnrolRequest make(HostFacts host, AgentKeys keys, byte[] handshakeHash) {
    return EnrolRequest.sign(PlainText.clean(host.hostname(), EnrolRequest.MAX_TEXT_LENGTH),
        PlainText.clean(host.os(), EnrolRequest.MAX_TEXT_LENGTH), fingerprint(), keys.signing(), keys.boxX25519(),
        keys.boxMlKem(),
        handshakeHash);
  }

  /** Tells the same machine from another without telling its machine id, which machine-id(5) asks to keep confidential; may be empty. */
  private static String fingerprint() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(CONTEXT);
      byte[] digest = sha256.digest(Files.readAllBytes(MACHINE_ID));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (IOException e) {
      // Not every machine has one; it is advisory.
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
