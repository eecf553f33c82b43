package dev.sallyport.server.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A file of 256-bit keys, one line of base64 each, the newest first; mode 0600, written whole and flushed before it is
 * used for anything. Lines that begin with # explain the file to whoever opens it.
 */
final class KeyFile {

  /** Bytes of every key here. */
  static final int KEY_BYTES = 32;
  /** Keys in one file: the present one and those not yet rotated out. */
  static final int MAX_KEYS = 16;
  private static final long MAX_FILE_BYTES = 8_192;
  private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ,
      PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private KeyFile() {
  }

  /**
   * The keys of the file, which is made with one new key if it is not there. The caller wipes them.
   *
   * @param purpose what to write above a new key
   * @throws KeyException if the file cannot be read or written, or others may read it
   */
  static List<byte[]> openOrCreate(Path file, String purpose) {
    try {
      return read(file);
    } catch (NoSuchFileException absent) {
      return List.of(create(file, purpose));
    } catch (IOException e) {
      throw new KeyException("The key file " + file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static List<byte[]> read(Path file) throws IOException {
    Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
    if (modes.stream().anyMatch(OTHERS::contains)) {
      throw new KeyException(
          "Others may read or write the key file " + file + ". Allow only its owner: chmod 600 " + file);
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new KeyException("The key file " + file + " is too large to be one. Put back the right file.");
    }
    byte[] text = Files.readAllBytes(file);
    var keys = new ArrayList<byte[]>();
    try {
      for (int start = 0; start < text.length;) {
        int end = start;
        while (end < text.length && text[end] != '\n') {
          end++;
        }
        if (end > start && text[start] != '#') {
          keys.add(decode(Arrays.copyOfRange(text, start, end), file));
        }
        start = end + 1;
      }
    } finally {
      Arrays.fill(text, (byte) 0);
    }
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new KeyException(
          "The key file " + file + " holds " + keys.size() + " keys. Put back the file from the backup.");
    }
    return keys;
  }

  private static byte[] decode(byte[] line, Path file) {
    try {
      byte[] key = Base64.getDecoder().decode(line);
      if (key.length == KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      throw new KeyException("The key file " + file + " is damaged. Put back the file from the backup.", notBase64);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
    throw new KeyException(
        "The key file " + file + " holds a key of the wrong size. Put back the file from the backup.");
  }

  private static byte[] create(Path file, String purpose) {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    byte[] head = ("# " + purpose + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] base64 = Base64.getEncoder().encode(key);
    ByteBuffer text = ByteBuffer.allocate(head.length + base64.length + 1).put(head).put(base64).put((byte) '\n')
        .flip();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (
          FileChannel out = FileChannel.open(fresh, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        while (text.hasRemaining()) {
          out.write(text);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
        directory.force(true);
      }
      return key;
    } catch (IOException e) {
      throw new KeyException("The key file " + file + " cannot be written: " + e.getMessage() + ".", e);
    } finally {
      Arrays.fill(base64, (byte) 0);
      Arrays.fill(text.array(), (byte) 0);
    }
  }
}
