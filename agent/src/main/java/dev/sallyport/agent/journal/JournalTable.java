package dev.sallyport.agent.journal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.OperationId;

/** What the records of a journal add up to. Its own lock: the log's leader applies while others look. */
final class JournalTable implements CommitLog.Replica {
  /** How long an id is remembered beyond the time when it could last be started: clocks differ. */
  static final Duration REMEMBERED = Duration.ofDays(1);

  private static final long ENTRY_BYTES = 100;
  private static final int TOMBSTONE_BYTES = 37;

  private final InstantSource clock;
  private final Map<OperationId, JournalRecord> open = new LinkedHashMap<>();
  private final Tombstones tombstones = new Tombstones();
  private long openBytes;
  private boolean distrusted;

  JournalTable(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void apply(byte[] bytes, int offset, int length) throws IOException {
    apply(JournalRecord.decode(bytes, offset, length));
  }

  private synchronized void apply(JournalRecord entry) {
    switch (entry) {
      case JournalRecord.Started started -> replace(started.id(), started);
      case JournalRecord.Done done -> replace(done.id(), done);
      case JournalRecord.Settled settled -> {
        remove(settled.id());
        tombstones.add(settled.id(), settled.forgetAt(), clock.instant());
      }
      case JournalRecord.Floor floor -> {
        tombstones.raiseFloor(floor.floor().toEpochMilli());
        distrusted = false;
      }
      case JournalRecord.Distrust() -> distrusted = true;
    }
  }

  synchronized void distrust() {
    distrusted = true;
  }

  private void replace(OperationId id, JournalRecord entry) {
    remove(id);
    open.put(id, entry);
    openBytes += bytes(entry);
  }

  private void remove(OperationId id) {
    JournalRecord old = open.remove(id);
    if (old != null) {
      openBytes -= bytes(old);
    }
  }

  private static long bytes(JournalRecord entry) {
    if (!(entry instanceof JournalRecord.Done done)) {
      return ENTRY_BYTES;
    }
    int inline = done.output() instanceof KeptOutput.Inline(Bytes log) ? log.length() : 0;
    return ENTRY_BYTES + done.result().length() + inline;
  }

  synchronized Known find(OperationId id) {
    JournalRecord entry = open.get(id);
    if (entry instanceof JournalRecord.Started started) {
      return new Known.Started(started.digest());
    }
    if (entry instanceof JournalRecord.Done done) {
      return new Known.Done(done.digest(), done.result(), done.output());
    }
    if (tombstones.contains(id)) {
      return new Known.Settled();
    }
    return distrusted || tombstones.tooOld(id) ? new Known.TooOld() : new Known.New();
  }

  /** The record that settles the operation; empty if it is not open. */
  synchronized List<JournalRecord.Settled> settling(OperationId id) {
    JournalRecord entry = open.get(id);
    if (entry instanceof JournalRecord.Started started) {
      return List.of(new JournalRecord.Settled(id, started.latestStart().plus(REMEMBERED)));
    }
    if (entry instanceof JournalRecord.Done done) {
      return List.of(new JournalRecord.Settled(id, done.latestStart().plus(REMEMBERED)));
    }
    return List.of();
  }

  synchronized List<OperationId> open() {
    return new ArrayList<>(open.keySet());
  }

  /** Bytes of memory, roughly, that unsettled operations take. */
  synchronized long openBytes() {
    return openBytes;
  }

  synchronized int openCount() {
    return open.size();
  }

  synchronized boolean distrusted() {
    return distrusted;
  }

  /** The numbers of files that still count. */
  synchronized List<Long> files() {
    var files = new ArrayList<Long>();
    for (JournalRecord entry : open.values()) {
      if (entry instanceof JournalRecord.Done done && done.output() instanceof KeptOutput.Spooled(long file, long _)) {
        files.add(file);
      }
    }
    return files;
  }

  @Override
  public synchronized void snapshot(CommitLog.RecordSink sink) throws IOException {
    tombstones.forgetBefore(clock.instant());
    if (tombstones.floorMs() != Tombstones.NO_FLOOR) {
      sink.put(new JournalRecord.Floor(Instant.ofEpochMilli(tombstones.floorMs())).encode());
    }
    if (distrusted) {
      sink.put(new JournalRecord.Distrust().encode());
    }
    tombstones.forEach((most, least, step, forgetAtMs) -> sink
        .put(new JournalRecord.Settled(OperationId.of(new UUID(most, least), step), Instant.ofEpochMilli(forgetAtMs))
            .encode()));
    for (JournalRecord entry : open.values()) {
      sink.put(entry.encode());
    }
  }

  @Override
  public synchronized long snapshotBytes() {
    return openBytes + (long) TOMBSTONE_BYTES * tombstones.count();
  }
}
