package dev.sallyport.server.fake;

import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.store.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A store in whose process the power fails at a chosen write: just before it is on the disk, or just after, before anybody hears of it.
 * From then on the process is dead: nothing it still tries has any effect. Or the disk is full for a while.
 */
public final class FaultyStore implements Store {
  /** On which side of the commit the power fails. */
  public enum Side {
    BEFORE, AFTER
  }

  private final Store store;
  private int writesLeft = Integer.MAX_VALUE;
  private Side side = Side.BEFORE;
  private Runnable onDeath = () -> {};
  private boolean dead;
  private boolean full;
  private int writes;

  public FaultyStore(Store store) {
    this.store = store;
  }

  /** The power fails at the write of this number, counted from 1. */
  public synchronized void failAt(int write, Side failingSide, Runnable whatElseDies) {
    writesLeft = write;
    side = failingSide;
    onDeath = whatElseDies;
  }

  /** From now on, or no longer, nothing can be written. */
  public synchronized void full(boolean isFull) {
    full = isFull;
  }

  public synchronized boolean dead() {
    return dead;
  }

  /** Writes that were tried. */
  public synchronized int writes() {
    return writes;
  }

  /** The process ends now. */
  public void die() {
    synchronized (this) {
      dead = true;
    }
    onDeath.run();
  }

  @Override
  public <T extends @Nullable Object> T write(Transaction<T> work) {
    boolean fails = enter();
    if (fails && side == Side.BEFORE) {
      die();
      throw new StoreUnavailableException("the power failed before the commit");
    }
    T answer = store.write(work);
    if (fails) {
      die();
      throw new StoreUnavailableException("the power failed after the commit");
    }
    return answer;
  }

  @Override
  public <T extends @Nullable Object> T read(Transaction<T> query) {
    synchronized (this) {
      refuseWhenDead();
    }
    return store.read(query);
  }

  private synchronized boolean enter() {
    refuseWhenDead();
    if (full) {
      throw new StoreUnavailableException("the disk is full");
    }
    writes++;
    return --writesLeft == 0;
  }

  private void refuseWhenDead() {
    if (dead) {
      throw new StoreUnavailableException("this process is dead");
    }
  }
}
