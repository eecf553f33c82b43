package dev.sallyport.operation.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.audit.AuditChange;
import dev.sallyport.protocol.audit.SectionDigest;
import org.jspecify.annotations.Nullable;

/** Goes through what there is and what there was side by side, both in the order of their keys, and writes how they differ. */
final class Comparison {
  private static final byte[] BEFORE_KEY = "{\"key\":".getBytes(StandardCharsets.UTF_8);

  private final @Nullable KeptState base;
  private final KeptStates.Writer kept;
  private final OutputStream out;
  private final SectionDigest digest = new SectionDigest();

  /**
   * @param base the state to compare with; null to write all items
   * @param kept where the new state is written down
   * @param out where the changes go
   */
  Comparison(@Nullable KeptState base, KeptStates.Writer kept, OutputStream out) {
    this.base = base;
    this.kept = kept;
    this.out = out;
  }

  /** Writes it all; returns the digest of the new state. */
  String run(List<byte[]> items) throws IOException {
    for (byte[] item : items) {
      byte[] key = Findings.key(item);
      byte[] now = sha256(item);
      kept.add(key, now);
      digest.toggle(now);
      goneBefore(key);
      if (!isKnown(key, now)) {
        put(key, Findings.fields(item, key.length));
      }
    }
    while (base != null && !base.ended()) {
      gone(base);
    }
    return digest.text();
  }

  /** Tells those that stood before this key and are no more. */
  private void goneBefore(byte[] key) throws IOException {
    while (base != null && !base.ended() && Arrays.compareUnsigned(base.key(), key) < 0) {
      gone(base);
    }
  }

  private void gone(KeptState state) throws IOException {
    write(new AuditChange.Gone(new String(state.key(), StandardCharsets.UTF_8)).line());
    state.next();
  }

  /** Steps over the item of this key, if there was one; whether it was the same. */
  private boolean isKnown(byte[] key, byte[] now) throws IOException {
    if (base == null || base.ended() || !Arrays.equals(base.key(), key)) {
      return false;
    }
    boolean same = Arrays.equals(base.digest(), now);
    base.next();
    return same;
  }

  /** The line of {@link AuditChange.Put}, of parts that are JSON already. */
  private void put(byte[] key, byte[] fields) throws IOException {
    out.write(BEFORE_KEY);
    out.write(new dev.sallyport.protocol.json.JsonString(new String(key, StandardCharsets.UTF_8)).bytes());
    out.write(",\"fields\":".getBytes(StandardCharsets.UTF_8));
    out.write(fields);
    write("}".getBytes(StandardCharsets.UTF_8));
  }

  private void write(byte[] lastOfLine) throws IOException {
    out.write(lastOfLine);
    out.write('\n');
  }

  static byte[] sha256(byte[] item) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(item);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
