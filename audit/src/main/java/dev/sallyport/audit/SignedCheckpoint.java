package dev.sallyport.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.Ed25519;

/** A checkpoint with its signature, as a note (C2SP signed-note). */
public record SignedCheckpoint(Checkpoint checkpoint, String note) {
  /** Most bytes of a note. */
  public static final int MAX_BYTES = 4 << 10;
  private static final String SIGNATURE = "\u2014 ";
  private static final int MAX_SIGNATURES = 16;

  /** Signs. The key's name is the log's. */
  public static SignedCheckpoint sign(Checkpoint checkpoint, NoteKey key, PrivateKey secret) {
    String text = checkpoint.text();
    byte[] signature = Ed25519.sign(secret, text.getBytes(StandardCharsets.UTF_8)).toArray();
    byte[] line = ByteBuffer.allocate(NoteKey.ID_BYTES + signature.length).put(key.id()).put(signature).array();
    return new SignedCheckpoint(checkpoint,
        text + "\n" + SIGNATURE + key.name() + " " + Base64.getEncoder().encodeToString(line) + "\n");
  }

  /**
   * Reads a note and checks that this key signed it; signatures of others are ignored.
   *
   * @throws ProtocolException if it is none, not signed by this key, or of a log of another name
   */
  public static SignedCheckpoint open(String note, NoteKey key) {
    if (note.length() > MAX_BYTES) {
      throw new ProtocolException("checkpoint: longer than " + MAX_BYTES + " bytes");
    }
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n") || note.indexOf('\r') >= 0) {
      throw new ProtocolException("checkpoint: no signed note");
    }
    String text = note.substring(0, end + 1);
    String[] lines = note.substring(end + 2).split("\n", MAX_SIGNATURES + 1);
    boolean signed = false;
    for (String line : lines) {
      signed |= signs(line, key, text);
    }
    if (!signed) {
      throw new ProtocolException("checkpoint: not signed by " + key.name() + " with the key that is known");
    }
    Checkpoint checkpoint = Checkpoint.parse(text);
    if (!checkpoint.origin().equals(key.name())) {
      throw new ProtocolException("checkpoint: of another log");
    }
    return new SignedCheckpoint(checkpoint, note);
  }

  /** As above, from bytes that should be UTF-8. */
  public static SignedCheckpoint open(byte[] note, NoteKey key) {
    if (note.length > MAX_BYTES) {
      throw new ProtocolException("checkpoint: longer than " + MAX_BYTES + " bytes");
    }
    try {
      return open(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString(), key);
    } catch (CharacterCodingException e) {
      throw new ProtocolException("checkpoint: not UTF-8", e);
    }
  }

  private static boolean signs(String line, NoteKey key, String text) {
    String head = SIGNATURE + key.name() + " ";
    if (!line.startsWith(head)) {
      return false;
    }
    byte[] signature = NoteKey.base64(line.substring(head.length()));
    return signature.length == NoteKey.ID_BYTES + Ed25519.SIGNATURE_BYTES
        && MessageDigest.isEqual(key.id(), Arrays.copyOf(signature, NoteKey.ID_BYTES))
        && Ed25519.verifies(key.key(), text.getBytes(StandardCharsets.UTF_8),
            Bytes.of(Arrays.copyOfRange(signature, NoteKey.ID_BYTES, signature.length)));
  }
}
