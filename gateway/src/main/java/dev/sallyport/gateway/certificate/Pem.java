package dev.sallyport.gateway.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** PEM text (RFC 7468): labelled blocks of base64 between dashes, anything else between them ignored. */
final class Pem {
  /** The largest file that is read: 1 MiB. */
  static final int MAX_FILE_BYTES = 1 << 20;

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final int LINE_LENGTH = 64;

  private Pem() {
  }

  /**
   * One block.
   *
   * @param label what stands after BEGIN
   * @param der its content
   */
  @SuppressWarnings("ArrayRecordComponent") // taken apart at once
  record Block(String label, byte[] der) {}

  /** All blocks of a file, in order; a file without any is an error that names it. */
  static List<Block> read(Path file, String what) throws IOException {
    List<Block> blocks = parse(text(file, what), file);
    if (blocks.isEmpty()) {
      throw new IOException(what + " " + file + " is not PEM: no line begins with " + BEGIN.strip());
    }
    return blocks;
  }

  private static String text(Path file, String what) throws IOException {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException(what + " " + file + " is larger than " + MAX_FILE_BYTES + " bytes; name the right file");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException(
          what + " " + file + " does not exist; correct the path, or leave it out to use a self-made one", e);
    } catch (java.nio.file.AccessDeniedException e) {
      throw new IOException(what + " " + file + " may not be read by this user; correct its owner or mode", e);
    }
  }

  private static List<Block> parse(String text, Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      String label = labelEnd < 0 ? "" : text.substring(at + BEGIN.length(), labelEnd);
      String end = DASHES + "END " + label + DASHES;
      int close = labelEnd < 0 ? -1 : text.indexOf(end, labelEnd);
      if (close < 0) {
        throw new IOException(file + " is damaged: a block begins and does not end");
      }
      try {
        blocks.add(new Block(label, Base64.getMimeDecoder().decode(text.substring(labelEnd + DASHES.length(), close))));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " is damaged: the block " + label + " is not base64", e);
      }
      at = text.indexOf(BEGIN, close + end.length());
    }
    return blocks;
  }

  static String write(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE_LENGTH, new byte[]{'\n'});
    return BEGIN + label + DASHES + "\n" + lines.encodeToString(der) + "\n" + DASHES + "END " + label + DASHES + "\n";
  }
}
