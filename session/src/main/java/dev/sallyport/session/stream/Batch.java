package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.FrameCodec;
import dev.sallyport.protocol.message.RecordMessage;
import dev.sallyport.session.record.RecordSealer;

/**
 * The frames of one record and the keys they go under, chosen under the session's lock and sealed outside it.
 *
 * @param sealer the keys
 * @param frames at least one, together no larger than a record
 * @param then   what becomes of the keys afterwards
 */
record Batch(RecordSealer sealer, List<Frame> frames, Then then) {
  /** What becomes of the keys when the record is sealed. */
  enum Then {
    KEEP, REKEY, CLOSE
  }

  /** The record message: frames are written straight into it and encrypted where they stand. */
  byte[] seal() {
    int size = 0;
    for (Frame frame : frames) {
      size += frame.size();
    }
    byte[] message = RecordSealer.newMessage(size);
    ByteBuffer plaintext = ByteBuffer.wrap(message, RecordMessage.HEADER_BYTES, size);
    for (Frame frame : frames) {
      FrameCodec.encode(frame, plaintext);
    }
    sealer.seal(message);
    switch (then) {
      case KEEP -> {
      }
      case REKEY -> sealer.rekey();
      case CLOSE -> sealer.close();
    }
    return message;
  }
}
