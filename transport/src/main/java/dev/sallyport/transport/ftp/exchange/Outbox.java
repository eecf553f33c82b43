package dev.sallyport.transport.ftp.exchange;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The writing half. A file is written under a draft's name and renamed when it is whole; the draft's name is another for each try until
 * one was written, and from then on the only one that is ever renamed. So a file appears once, whatever breaks when. Of the thread that
 * carries the exchange, but for what is marked.
 */
final class Outbox {
  /** Most files that lie unread at once. */
  static final int MAX_UNREAD_FILES = 8;
  /** From so many bytes unread, no other file is written. */
  static final int MAX_UNREAD_BYTES = 2 * 1024 * 1024;
  /** From so many bytes waiting to be written, a sender must wait. */
  static final int FULL_BYTES = Batch.MAX_BYTES;

  private final LinkPlace place;
  private final String directory;
  private final ArrayDeque<Unread> unread = new ArrayDeque<>();
  private int unreadBytes;
  private long sequence;
  private @Nullable File current;

  private final Object lock = new Object();
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(); // under the lock
  private int waitingBytes; // under the lock
  private boolean full; // under the lock: somebody was told to wait
  private boolean finishing; // under the lock
  private boolean finished; // the last file has been built

  private record Unread(String name, int bytes) {}

  /** The file that is on its way. */
  private static final class File {
    private final byte[] content;
    private final String name;
    private String draft = "";
    private int tries;
    private boolean written;
    private boolean renaming; // an earlier word to rename it may have been heard

    File(byte[] content, String name) {
      this.content = content;
      this.name = name;
    }
  }

  Outbox(LinkPlace place, String directory) {
    this.place = place;
    this.directory = directory;
  }

  /** From any thread: the message goes with one of the next files. */
  void put(byte[] message) {
    synchronized (lock) {
      if (!finishing) {
        waiting.add(message);
        waitingBytes += Batch.bytes(message);
        full |= waitingBytes >= FULL_BYTES;
      }
    }
  }

  /** From any thread: what waits is the last. */
  void finish() {
    synchronized (lock) {
      finishing = true;
    }
  }

  /** From any thread: whether little enough waits that more may come. */
  boolean hasRoom() {
    synchronized (lock) {
      return waitingBytes < FULL_BYTES && !finishing;
    }
  }

  /** Whether there is room again since there was none: once for each time. */
  boolean takeNewsOfRoom() {
    synchronized (lock) {
      boolean news = full && waitingBytes < FULL_BYTES;
      full &= !news;
      return news;
    }
  }

  /** Whether the last file lies there. */
  boolean isDone() {
    return finished && current == null;
  }

  /** Brings at most one file on its way. Returns whether anything moved. */
  boolean work(Depot depot) throws IOException {
    boolean moved = isFull() && look(depot);
    File file = current;
    if (file == null) {
      if (isFull()) {
        return moved;
      }
      file = next();
      if (file == null) {
        return moved;
      }
      current = file;
    }
    write(depot, file);
    current = null;
    unread.add(new Unread(file.name, file.content.length));
    unreadBytes += file.content.length;
    sequence++;
    return true;
  }

  private boolean isFull() {
    return unread.size() >= MAX_UNREAD_FILES || unreadBytes >= MAX_UNREAD_BYTES;
  }

  private boolean look(Depot depot) throws IOException {
    boolean moved = false;
    for (Unread oldest = unread.peek(); oldest != null && !depot.has(directory, oldest.name); oldest = unread.peek()) {
      unread.remove();
      unreadBytes -= oldest.bytes;
      moved = true;
    }
    return moved;
  }

  private @Nullable File next() {
    List<byte[]> messages = new ArrayList<>();
    boolean last;
    synchronized (lock) {
      if (finished || (waiting.isEmpty() && !finishing)) {
        return null;
      }
      int room = Batch.MAX_BYTES - Integer.BYTES;
      for (byte[] message = waiting.peek(); message != null && Batch.bytes(message) <= room; message = waiting.peek()) {
        messages.add(message);
        room -= Batch.bytes(message);
        waitingBytes -= Batch.bytes(message);
        waiting.remove();
      }
      last = finishing && waiting.isEmpty();
      finished = last;
    }
    return new File(new Batch(messages, last).encode(), place.whole(sequence));
  }

  private void write(Depot depot, File file) throws IOException {
    if (!file.written) {
      file.draft = directory + "/" + place.draft(sequence, file.tries++);
      depot.write(file.draft, file.content);
      file.written = true;
    }
    boolean again = file.renaming;
    file.renaming = true;
    if (!depot.rename(file.draft, directory + "/" + file.name) && !again) {
      file.written = false; // somebody took the draft away
      file.renaming = false;
      throw new IOException("a file was gone before it could be renamed");
    }
  }
}
