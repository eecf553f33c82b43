package dev.sallyport.transport.ftp.exchange;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The reading half: takes the files in the order of their numbers, each once, and deletes them. A number that was taken is never read
 * again, whatever lies there under its name. Of the thread that carries the exchange.
 */
final class Inbox {
  /** Files taken before the writing half gets another turn. */
  private static final int FILES_AT_ONCE = 4;

  private final LinkPlace place;
  private final String directory;
  private final BooleanSupplier wanted;
  private final Consumer<Batch> taker;
  private final ArrayDeque<String> taken = new ArrayDeque<>();
  private long expected;
  private boolean over;

  /**
   * @param wanted whether the taker has room
   * @param taker hears of each file
   */
  Inbox(LinkPlace place, String directory, BooleanSupplier wanted, Consumer<Batch> taker) {
    this.place = place;
    this.directory = directory;
    this.wanted = wanted;
    this.taker = taker;
  }

  /** Whether the other side has said its last word. */
  boolean isOver() {
    return over;
  }

  /** Takes what is there. Returns whether anything was. */
  boolean work(Depot depot) throws IOException {
    boolean moved = deleteTaken(depot);
    for (int i = 0; i < FILES_AT_ONCE && !over && wanted.getAsBoolean(); i++) {
      String name = place.whole(expected);
      if (!depot.has(directory, name)) {
        break;
      }
      Batch batch = Batch.decode(depot.read(directory + "/" + name, Batch.MAX_BYTES));
      expected++;
      taken.add(name);
      over = batch.last();
      taker.accept(batch);
      moved = true;
      deleteTaken(depot);
    }
    return moved;
  }

  private boolean deleteTaken(Depot depot) throws IOException {
    boolean moved = false;
    for (String name = taken.peek(); name != null; name = taken.peek()) {
      depot.delete(directory + "/" + name);
      taken.remove();
      moved = true;
    }
    return moved;
  }
}
