package dev.sallyport.audit;

/** What the verification of a log found. */
public sealed interface Verdict {
  /**
   * All entries are those that were signed.
   *
   * @param checkpoint the newest
   * @param unsigned entries after it, which no signature covers yet
   */
  record Sound(Checkpoint checkpoint, int unsigned) implements Verdict {}

  /**
   * Something was altered, removed, reordered, inserted or forged.
   *
   * @param entry the first entry that is not what was signed, or −1 if it is not known or none is to blame
   * @param what for people
   */
  record Tampered(long entry, String what) implements Verdict {}

  /**
   * Files are missing, so nobody can say.
   *
   * @param what which, for people
   */
  record Incomplete(String what) implements Verdict {}
}
