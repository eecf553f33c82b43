package dev.sallyport.server.machine;

/** What a machine is to this server. */
public enum MachineState {
  /** Enrolled, not approved: it may connect and describe itself, and is given nothing to do. */
  PENDING("pending"),
  /** Takes directives. */
  ACTIVE("active"),
  /** Held back because its secret was not known here any more: restored too far, or cloned. */
  QUARANTINED("quarantined"),
  /** Dismissed for good. */
  REVOKED("revoked");

  private final String word;

  MachineState(String word) {
    this.word = word;
  }

  /** The word stored in the database. */
  public String word() {
    return word;
  }

  /** @throws IllegalArgumentException for a word no version of this software wrote */
  static MachineState ofWord(String word) {
    for (MachineState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no such state of a machine: " + word);
  }
}
