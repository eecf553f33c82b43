package dev.sallyport.agent.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.OperationId;

/** One thing the journal remembers, with its form on disk: a type byte and fixed fields, big-endian. */
sealed interface JournalRecord {
  /**
   * The operation is about to run; on disk before it does.
   *
   * @param digest of name and arguments, to recognise a repetition
   * @param latestStart after which nobody may start it any more
   */
  record Started(OperationId id, Bytes digest, Instant latestStart) implements JournalRecord {}

  /**
   * The operation has ended; its result is kept until the server has it.
   *
   * @param result as it travels, {@link dev.sallyport.protocol.operation.OperationResult#encode()}
   */
  record Done(OperationId id, Bytes digest, Instant latestStart, Bytes result,
      KeptOutput output) implements JournalRecord {}

  /** The server has the result: only the id is kept, so that it never runs again. */
  record Settled(OperationId id, Instant forgetAt) implements JournalRecord {}

  /** Ids made no later than this are too old to be told apart from finished ones. */
  record Floor(Instant floor) implements JournalRecord {}

  /** What came before has been lost in part; until the next {@link Floor} no id can be told to be new. */
  record Distrust() implements JournalRecord {}

  int DIGEST_BYTES = 32;

  default byte[] encode() {
    var bytes = new ByteArrayOutputStream(128);
    try (var out = new DataOutputStream(bytes)) {
      switch (this) {
        case Started(OperationId id, Bytes digest, Instant latestStart) -> {
          out.writeByte(1);
          write(out, id);
          out.write(digest.toArray());
          out.writeLong(latestStart.toEpochMilli());
        }
        case Done(OperationId id, Bytes digest, Instant latestStart, Bytes result, KeptOutput output) -> {
          out.writeByte(2);
          write(out, id);
          out.write(digest.toArray());
          out.writeLong(latestStart.toEpochMilli());
          write(out, result);
          write(out, output);
        }
        case Settled(OperationId id, Instant forgetAt) -> {
          out.writeByte(3);
          write(out, id);
          out.writeLong(forgetAt.toEpochMilli());
        }
        case Floor(Instant floor) -> {
          out.writeByte(4);
          out.writeLong(floor.toEpochMilli());
        }
        case Distrust() -> out.writeByte(5);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException if these are not the bytes of a record, though their checksum was right
   */
  static JournalRecord decode(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length).slice();
    try {
      int type = in.get();
      return switch (type) {
        case 1 -> new Started(id(in), digest(in), time(in));
        case 2 -> new Done(id(in), digest(in), time(in), bytes(in), output(in));
        case 3 -> new Settled(id(in), time(in));
        case 4 -> new Floor(time(in));
        case 5 -> new Distrust();
        default -> throw new IOException("a journal record has the unknown type " + type);
      };
    } catch (BufferUnderflowException e) {
      throw new IOException("a journal record is too short", e);
    }
  }

  private static void write(DataOutputStream out, OperationId id) throws IOException {
    UUID directive = id.directive();
    out.writeLong(directive.getMostSignificantBits());
    out.writeLong(directive.getLeastSignificantBits());
    out.writeLong(id.step());
  }

  private static void write(DataOutputStream out, Bytes bytes) throws IOException {
    out.writeInt(bytes.length());
    out.write(bytes.toArray());
  }

  private static void write(DataOutputStream out, KeptOutput output) throws IOException {
    switch (output) {
      case KeptOutput.Inline(Bytes log) -> {
        out.writeByte(0);
        write(out, log);
      }
      case KeptOutput.Spooled(long file, long length) -> {
        out.writeByte(1);
        out.writeLong(file);
        out.writeLong(length);
      }
    }
  }

  private static OperationId id(ByteBuffer in) {
    UUID directive = new UUID(in.getLong(), in.getLong());
    return OperationId.of(directive, in.getLong());
  }

  private static Bytes digest(ByteBuffer in) {
    return take(in, DIGEST_BYTES);
  }

  private static Instant time(ByteBuffer in) {
    return Instant.ofEpochMilli(in.getLong());
  }

  private static Bytes bytes(ByteBuffer in) {
    return take(in, in.getInt());
  }

  private static Bytes take(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Bytes.of(bytes);
  }

  private static KeptOutput output(ByteBuffer in) throws IOException {
    int kind = in.get();
    return switch (kind) {
      case 0 -> new KeptOutput.Inline(bytes(in));
      case 1 -> new KeptOutput.Spooled(in.getLong(), in.getLong());
      default -> throw new IOException("a journal record has the unknown output kind " + kind);
    };
  }
}
