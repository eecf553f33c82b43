package dev.sallyport.operation.user;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.UserOperation;

/**
 * What is to be shown.
 *
 * @param kind in which way
 * @param words what it says and how long it stays
 */
record DialogRequest(Kind kind, UserOperation.Words words) {
  /** The ways to show it, and the answers that people can give. */
  enum Kind {
    MESSAGE('M', "read none closed"), NOTICE('N', "read none closed"), ASK('A', "yes no none closed");

    private final char letter;
    private final String answers;

    Kind(char letter, String answers) {
      this.letter = letter;
      this.answers = answers;
    }

    boolean allows(String answer) {
      return List.of(answers.split(" ", -1)).contains(answer);
    }
  }

  Duration time() {
    return words.time();
  }

  /** Returns what the program reads: letter, milliseconds (4 bytes), title and text, each as {@link DataOutputStream#writeUTF} has it. */
  Bytes encode() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(kind.letter);
      out.writeInt((int) words.time().toMillis());
      out.writeUTF(words.title());
      out.writeUTF(words.text());
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all bytes, and the text is short", e);
    }
    return Bytes.of(bytes.toByteArray());
  }
}
