package dev.sallyport.agent.journal;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import dev.sallyport.protocol.operation.OperationId;

/**
 * The ids of operations that are over and done with, kept so that none is run again: until their time is long past, and at most
 * {@link #MAX_COUNT}. Beyond that the oldest are given up and a <em>floor</em> takes their place: ids made before it are too old to be
 * told apart from finished ones (an id carries its time of birth, RFC 9562 §5.7).
 *
 * <p>An open hash table of numbers: four words an id instead of an object with a string. Not for several threads.
 */
final class Tombstones {
  /** 65,536 ids, 4 MiB of memory when full. */
  static final int MAX_COUNT = 1 << 16;

  /** No id is older than this floor. */
  static final long NO_FLOOR = -1;

  private static final int WORDS = 4;
  private static final int MIN_SLOTS = 64;

  /** What share of the table is given up when it is full. */
  private static final int GIVEN_UP_SHARE = 4;

  /** Per slot: most and least significant bits of the directive, step + 1 (0 means free), time to forget in ms. */
  private long[] slots = new long[MIN_SLOTS * WORDS];
  private int count;
  private long floorMs = NO_FLOOR;

  int count() {
    return count;
  }

  /** Milliseconds since 1970, or {@link #NO_FLOOR}. */
  long floorMs() {
    return floorMs;
  }

  void raiseFloor(long ms) {
    floorMs = Math.max(floorMs, ms);
  }

  boolean contains(OperationId id) {
    UUID directive = id.directive();
    int slot = slotOf(directive.getMostSignificantBits(), directive.getLeastSignificantBits(), id.step());
    return slots[slot + 2] != 0;
  }

  /** Whether the id was made no later than the floor; its absence from the table then proves nothing. */
  boolean tooOld(OperationId id) {
    return bornMs(id.directive().getMostSignificantBits()) <= floorMs;
  }

  /** Milliseconds since 1970 for a version 7 UUID; any other kind counts as made in 1970. */
  private static long bornMs(long mostSignificantBits) {
    return (mostSignificantBits >>> 12 & 0xf) == 7 ? mostSignificantBits >>> 16 : 0;
  }

  void add(OperationId id, Instant forgetAt, Instant now) {
    if (count >= MAX_COUNT) {
      forgetBefore(now);
    }
    if (count >= MAX_COUNT) {
      giveUpOldest();
    }
    if (count * 2 >= slots.length / WORDS) {
      rebuild(slots.length / WORDS * 2, NO_FLOOR, Long.MIN_VALUE);
    }
    UUID directive = id.directive();
    put(directive.getMostSignificantBits(), directive.getLeastSignificantBits(), id.step(), forgetAt.toEpochMilli());
  }

  /** Drops the ids whose time is past. */
  void forgetBefore(Instant now) {
    rebuild(slots.length / WORDS, NO_FLOOR, now.toEpochMilli());
  }

  private void giveUpOldest() {
    long[] births = new long[count];
    int n = 0;
    for (int slot = 0; slot < slots.length; slot += WORDS) {
      if (slots[slot + 2] != 0) {
        births[n++] = bornMs(slots[slot]);
      }
    }
    Arrays.sort(births);
    raiseFloor(births[count / GIVEN_UP_SHARE]);
    rebuild(slots.length / WORDS, floorMs, Long.MIN_VALUE);
  }

  private void rebuild(int slotCount, long bornAfterMs, long forgetAfterMs) {
    long[] old = slots;
    slots = new long[slotCount * WORDS];
    count = 0;
    for (int slot = 0; slot < old.length; slot += WORDS) {
      if (old[slot + 2] != 0 && bornMs(old[slot]) > bornAfterMs && old[slot + 3] > forgetAfterMs) {
        put(old[slot], old[slot + 1], old[slot + 2] - 1, old[slot + 3]);
      }
    }
  }

  private void put(long most, long least, long step, long forgetAtMs) {
    int slot = slotOf(most, least, step);
    if (slots[slot + 2] == 0) {
      count++;
    }
    slots[slot] = most;
    slots[slot + 1] = least;
    slots[slot + 2] = step + 1;
    slots[slot + 3] = forgetAtMs;
  }

  /** The slot that holds the id, or the free one where it would go. */
  private int slotOf(long most, long least, long step) {
    int mask = slots.length / WORDS - 1;
    long hash = (most ^ Long.rotateLeft(least, 32) ^ step) * 0x9E3779B97F4A7C15L;
    int index = (int) (hash >>> 32) & mask;
    while (true) {
      int slot = index * WORDS;
      boolean same = slots[slot] == most && slots[slot + 1] == least && slots[slot + 2] == step + 1;
      if (same || slots[slot + 2] == 0) {
        return slot;
      }
      index = (index + 1) & mask;
    }
  }

  /** Takes one id after the other. */
  @FunctionalInterface
  interface Visitor {
    void visit(long most, long least, long step, long forgetAtMs) throws java.io.IOException;
  }

  void forEach(Visitor visitor) throws java.io.IOException {
    for (int slot = 0; slot < slots.length; slot += WORDS) {
      if (slots[slot + 2] != 0) {
        visitor.visit(slots[slot], slots[slot + 1], slots[slot + 2] - 1, slots[slot + 3]);
      }
    }
  }
}
