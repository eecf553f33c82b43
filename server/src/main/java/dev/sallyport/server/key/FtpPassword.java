package dev.sallyport.server.key;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** The password of the built-in FTP server's one account. */
public final class FtpPassword {
  private FtpPassword() {
  }

  /**
   * The password of this directory of keys, made if there is none: 43 letters, digits, hyphens and underscores.
   *
   * @throws KeyException if its file cannot be read or written, or others may read it
   */
  public static String open(Path keys) {
    byte[] key = KeyFile.openOrCreate(keys.resolve("ftp.key"),
        "The password of the FTP account; enrolled agents have it, so a new one keeps them out.").getFirst();
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
