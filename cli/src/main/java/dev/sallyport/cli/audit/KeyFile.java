package dev.sallyport.cli.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.sallyport.audit.NoteKey;
import dev.sallyport.protocol.ProtocolException;

/** Files that people give. */
final class KeyFile {
  private static final int MAX_BYTES = 4_096;

  private KeyFile() {
  }

  /** The verifier key in a file. */
  static NoteKey read(Path file) throws IOException {
    try {
      return NoteKey.parse(text(file));
    } catch (ProtocolException e) {
      throw new IllegalArgumentException(file + " is no verifier key: " + e.getMessage(), e);
    }
  }

  /** A small file of text. */
  static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + file, e);
    }
  }
}
