package dev.sallyport.server.directive.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What has happened to a directive, in the order in which it was stored, within one transaction. Whoever has read up to a number asks for
 * what came after it and misses nothing: output is told piece by piece, a run as it is now.
 */
public final class DirectiveLog {
  /** Pieces of output of one page, so at most 2 MiB. */
  static final int MAX_CHUNKS = 32;

  private final JdbcClient sql;

  public DirectiveLog(JdbcClient sql) {
    this.sql = sql;
  }

  /** Something that happened. */
  public sealed interface Entry {
    /** Its place in the order. */
    long sequence();

    /** A run's state changed. */
    record Changed(Run run) implements Entry {
      @Override
      public long sequence() {
        return run.sequence();
      }
    }

    /** A program wrote something. */
    record Wrote(long sequence, OutputChunk chunk) implements Entry {}
  }

  /**
   * Entries in their order.
   *
   * @param upTo where to go on
   * @param complete whether nothing has happened after these
   * @param ended whether nothing can happen after these
   */
  public record Page(List<Entry> entries, long upTo, boolean complete, boolean ended) {}

  /** All there is to tell of a directive with one run, which wrote these pieces, the last of them just before its end. */
  static Page whole(Run ended, List<OutputChunk> chunks, long last) {
    var entries = new ArrayList<Entry>(chunks.size() + 1);
    for (OutputChunk chunk : chunks) {
      entries.add(new Entry.Wrote(last - chunks.size() + entries.size(), chunk));
    }
    entries.add(new Entry.Changed(ended));
    return new Page(entries, last, true, true);
  }

  /** What came after this number; empty and ended if there is no such directive. */
  public Page after(String directive, long sequence) {
    Progress progress = new DirectiveTable(sql).progress(directive).orElse(Progress.NONE);
    RunTable.Page runs = new RunTable(sql).changed(directive, sequence);
    List<Numbered<OutputChunk>> chunks = new OutputTable(sql).changed(directive, sequence, MAX_CHUNKS);
    long upTo = Math.max(sequence, progress.sequence());
    // A list that is full may go on: what lies beyond its end in the other list waits for the next page.
    if (runs.more()) {
      upTo = runs.runs().getLast().sequence();
    }
    if (chunks.size() == MAX_CHUNKS) {
      upTo = Math.min(upTo, chunks.getLast().sequence());
    }
    var entries = new ArrayList<Entry>();
    runs.runs().forEach(run -> entries.add(new Entry.Changed(run)));
    chunks.forEach(chunk -> entries.add(new Entry.Wrote(chunk.sequence(), chunk.value())));
    long end = upTo;
    entries.removeIf(entry -> entry.sequence() > end);
    entries.sort(Comparator.comparingLong(Entry::sequence));
    boolean complete = end >= progress.sequence();
    return new Page(entries, end, complete, complete && progress.openRuns() == 0);
  }
}
