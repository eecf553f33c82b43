package dev.sallyport.agent.journal;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.agent.state.StateFile;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.OperationId;

/**
 * What this agent was told to change, so that no order is carried out twice, whatever breaks.
 *
 * <p>An operation is on disk as <em>started</em> before it runs, and as <em>done</em>, with its result, until the server has settled it;
 * after that its id alone is remembered until nobody could start it any more. A journal that was damaged or has vanished makes every
 * older id suspect: they are refused, not run again.
 */
public final class Journal implements AutoCloseable {
  /** Most operations that are started or done and not settled; beyond it no further one is started. */
  public static final int MAX_OPEN = 4096;

  /** Most bytes of results and small outputs held for the server; beyond it no further operation is started. */
  public static final long MAX_OPEN_BYTES = 8 << 20;

  /** The journal's file. */
  public static final String NAME = "journal";

  private static final String QUARANTINE = "journal.damaged";
  private static final String UNFINISHED = "journal.new";

  private final JournalTable table;
  private final CommitLog log;
  private final String trouble;

  private Journal(JournalTable table, CommitLog log, String trouble) {
    this.table = table;
    this.log = log;
    this.trouble = trouble;
  }

  /** Makes the empty journal of an agent that has never been told anything; keeps one that is there. */
  public static void create(StateFiles files) throws IOException {
    if (files.exists(NAME)) {
      return;
    }
    try (StateFile file = files.create(UNFINISHED)) {
      byte[] first = Frames.encode(1, new byte[0], 0);
      file.write(0, first, 0, first.length);
      file.sync();
    }
    files.rename(UNFINISHED, NAME);
    files.syncDirectory();
  }

  /**
   * Reads the journal. What a crash left half-written at its end is dropped, for nobody was told that it happened. A journal that is
   * damaged or missing is replaced by one that holds what could be saved and distrusts all else; the damaged file is kept beside it.
   *
   * @param clock the best clock there is: the server's, once it is known
   */
  public static Journal open(StateFiles files, InstantSource clock) throws IOException {
    var table = new JournalTable(clock);
    files.delete(UNFINISHED);
    if (!files.exists(NAME)) {
      return replaced(files, table, "the journal is missing");
    }
    StateFile file = files.open(NAME);
    long position = 0;
    long number = 0;
    while (true) {
      switch (Frames.read(file, position, number)) {
        case Frames.Found.Frame(long next, byte[] payload, long end) -> {
          CommitLog.replay(payload, table);
          number = next;
          position = end;
        }
        case Frames.Found.Tail() -> {
          if (number == 0) {
            file.close();
            return quarantined(files, table, "the journal is damaged at its very beginning");
          }
          if (position < file.size()) {
            file.truncate(position);
          }
          return new Journal(table, new CommitLog(files, NAME, table, file, position, number), "");
        }
        case Frames.Found.Damage(Frames.Found.Frame next) -> {
          String where = "the journal is damaged at byte " + position;
          salvage(file, next, table);
          file.close();
          return quarantined(files, table, where);
        }
      }
    }
  }

  /** Takes over whatever is still good: each record counts by itself. */
  private static void salvage(StateFile file, Frames.Found.Frame first, JournalTable table) throws IOException {
    Frames.Found.Frame frame = first;
    while (true) {
      CommitLog.replay(frame.payload(), table);
      switch (Frames.read(file, frame.end(), frame.number())) {
        case Frames.Found.Frame next -> frame = next;
        case Frames.Found.Damage(Frames.Found.Frame next) -> frame = next;
        case Frames.Found.Tail() -> {
          return;
        }
      }
    }
  }

  private static Journal quarantined(StateFiles files, JournalTable table, String what) throws IOException {
    files.rename(NAME, QUARANTINE);
    return replaced(files, table, what + "; it is kept as " + QUARANTINE);
  }

  private static Journal replaced(StateFiles files, JournalTable table, String what) throws IOException {
    table.distrust();
    var log = new CommitLog(files, NAME, table, files.create(UNFINISHED), 0, 0);
    log.rewrite();
    return new Journal(table, log,
        what + ": orders given before the next contact with the server are refused, for they may have run");
  }

  /** What was wrong with the journal when it was opened, for people; empty if nothing was. */
  public String trouble() {
    return trouble;
  }

  public Known find(OperationId id) {
    return table.find(id);
  }

  /** Whether there is room to remember another operation until the server has its result. */
  public boolean hasRoom() {
    return table.openCount() < MAX_OPEN && table.openBytes() < MAX_OPEN_BYTES;
  }

  /**
   * Returns when it is on disk that the operation is about to run.
   *
   * @throws IOException if it is not, and never will be: do not run it
   */
  public void started(OperationId id, Bytes digest, Instant latestStart) throws IOException {
    log.append(new JournalRecord.Started(id, digest, latestStart).encode());
  }

  /**
   * Returns when the end of the operation is on disk.
   *
   * @throws IOException if it is not: after a crash the operation will count as started, with an unknown end
   */
  public void done(OperationId id, Bytes digest, Instant latestStart, Bytes result, KeptOutput output)
      throws IOException {
    log.append(new JournalRecord.Done(id, digest, latestStart, result, output).encode());
  }

  /**
   * Forgets the result; the id stays known. Reaches the disk with the next operation: until then a crash brings the result back, and
   * the server settles it again.
   */
  public void settle(OperationId id) {
    for (JournalRecord.Settled settled : table.settling(id)) {
      log.appendLater(settled.encode());
      if (table.openCount() > MAX_OPEN / 2) {
        log.flush();
      }
    }
  }

  /** The operations whose results, or unknown ends, the server has not settled. */
  public List<OperationId> open() {
    return table.open();
  }

  /** The numbers of the output files that still count. */
  public List<Long> files() {
    return new ArrayList<>(table.files());
  }

  /**
   * Refuses from now on what was ordered before this time and is not known here: to be called when the journal had trouble, or the
   * machine was restored from an older state, as soon as the server's time is known.
   */
  public void distrustBefore(Instant time) throws IOException {
    log.append(new JournalRecord.Floor(time).encode());
  }

  /** Whether every unknown id is refused until {@link #distrustBefore} has been called. */
  public boolean distrusted() {
    return table.distrusted();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
