package dev.sallyport.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.Bytes;

/** Judges proofs from others (RFC 9162 sections 2.1.3.2 and 2.1.4.2). A malformed proof proves nothing; none is an error. */
public final class Proofs {
  /** Hashes that a proof can have at most: trees have fewer than 2^63 entries, and a consistency proof names one hash more. */
  public static final int MAX_HASHES = 64;

  private Proofs() {
  }

  /** Whether the proof shows that {@code entry} is number {@code index} of the tree of this size and root. */
  public static boolean includes(byte[] entry, long index, long size, Bytes root, List<Bytes> proof) {
    if (index < 0 || index >= size || malformed(proof)) {
      return false;
    }
    long at = index;
    long last = size - 1;
    byte[] hash = TreeHash.leaf(entry);
    for (Bytes step : proof) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        hash = TreeHash.node(step.toArray(), hash);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        hash = TreeHash.node(hash, step.toArray());
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(hash, root.toArray());
  }

  /** Whether the proof shows that the tree of size {@code size} begins with the whole tree of size {@code before}. */
  public static boolean extend(long before, Bytes rootBefore, long size, Bytes root, List<Bytes> proof) {
    if (before < 0 || before > size || malformed(proof)) {
      return false;
    }
    if (before == size || before == 0) {
      boolean known = before == 0
          ? MessageDigest.isEqual(rootBefore.toArray(), TreeHash.empty())
          : MessageDigest.isEqual(rootBefore.toArray(), root.toArray());
      return known && proof.isEmpty() && (before < size || rootBefore.equals(root));
    }
    var path = new ArrayList<>(proof);
    if (Long.bitCount(before) == 1) {
      path.addFirst(rootBefore);
    }
    if (path.isEmpty()) {
      return false;
    }
    long at = before - 1;
    long last = size - 1;
    while ((at & 1) == 1) {
      at >>= 1;
      last >>= 1;
    }
    byte[] old = path.getFirst().toArray();
    byte[] now = old;
    for (Bytes step : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        old = TreeHash.node(step.toArray(), old);
        now = TreeHash.node(step.toArray(), now);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        now = TreeHash.node(now, step.toArray());
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(old, rootBefore.toArray())
        && MessageDigest.isEqual(now, root.toArray());
  }

  private static boolean malformed(List<Bytes> proof) {
    return proof.size() > MAX_HASHES || proof.stream().anyMatch(hash -> hash.length() != TreeHash.BYTES);
  }
}
