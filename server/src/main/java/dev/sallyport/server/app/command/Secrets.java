package dev.sallyport.server.app.command;

import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.sallyport.server.backup.age.Identity;
import dev.sallyport.server.backup.age.Recipient;

/** Where the secrets of a backup come from: files, or whoever sits at the terminal. */
final class Secrets {
  /** Shortest passphrase for a new backup, in bytes: it protects every machine there is. */
  private static final int SHORTEST_PASSPHRASE = 12;
  private static final int MAX_FILE_BYTES = 4096;
  private static final int MAX_BYTES_PER_CHARACTER = 3;

  private Secrets() {
  }

  static List<Recipient> recipients(Options options) throws WrongUseException, IOException {
    if (!options.recipients().isEmpty() && options.passphraseFile().isPresent()) {
      throw new WrongUseException("A backup is encrypted either for public keys or with a passphrase: leave one out.");
    }
    var keys = new ArrayList<Recipient>();
    for (String recipient : options.recipients()) {
      keys.add(Recipient.PublicKey.parse(recipient));
    }
    if (!keys.isEmpty()) {
      return keys;
    }
    byte[] passphrase = options.passphraseFile().isPresent()
        ? firstLine(options.passphraseFile().get())
        : newPassphrase();
    if (passphrase.length < SHORTEST_PASSPHRASE) {
      Arrays.fill(passphrase, (byte) 0);
      throw new WrongUseException("The passphrase is too short: whoever guesses it has every machine. Take at least "
          + SHORTEST_PASSPHRASE + " characters.");
    }
    return List.of(new Recipient.Passphrase(passphrase));
  }

  static Identity identity(Options options) throws WrongUseException, IOException {
    if (options.identityFile().isPresent() && options.passphraseFile().isPresent()) {
      throw new WrongUseException("A backup is opened either by a private key or by a passphrase: leave one out.");
    }
    if (options.identityFile().isPresent()) {
      return privateKey(options.identityFile().get());
    }
    return new Identity.Passphrase(options.passphraseFile().isPresent()
        ? firstLine(options.passphraseFile().get())
        : ask("Passphrase of the backup: "));
  }

  static void wipe(Identity identity) {
    switch (identity) {
      case Identity.Passphrase(byte[] utf8) -> Arrays.fill(utf8, (byte) 0);
      case Identity.PrivateKey(byte[] x25519) -> Arrays.fill(x25519, (byte) 0);
    }
  }

  /** The file that {@code age-keygen} makes: comments, and one line with the key. */
  private static Identity privateKey(Path file) throws WrongUseException, IOException {
    for (String line : new String(small(file), StandardCharsets.US_ASCII).lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        return Identity.PrivateKey.parse(line.strip());
      }
    }
    throw new WrongUseException("There is no key in " + file + ".");
  }

  private static byte[] firstLine(Path file) throws WrongUseException, IOException {
    byte[] all = small(file);
    int end = 0;
    while (end < all.length && all[end] != '\n' && all[end] != '\r') {
      end++;
    }
    byte[] line = Arrays.copyOf(all, end);
    Arrays.fill(all, (byte) 0);
    return line;
  }

  private static byte[] small(Path file) throws WrongUseException, IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new WrongUseException(file + " is too large to hold a secret.");
    }
    return Files.readAllBytes(file);
  }

  private static byte[] newPassphrase() throws WrongUseException {
    byte[] one = ask("Passphrase for the backup: ");
    byte[] again = ask("The same once more: ");
    boolean same = Arrays.equals(one, again);
    Arrays.fill(again, (byte) 0);
    if (!same) {
      Arrays.fill(one, (byte) 0);
      throw new WrongUseException("The two are not the same; nothing was written.");
    }
    return one;
  }

  /** Whoever sits there; nobody if a program or a timer has started us. */
  static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static byte[] ask(String prompt) throws WrongUseException {
    char[] typed = terminal().map(console -> console.readPassword("%s", prompt))
        .orElseThrow(() -> new WrongUseException("There is no terminal to ask at for the passphrase: write it into a "
            + "file and give --passphrase-file=FILE, or a key (see --help)."));
    ByteBuffer encoded = ByteBuffer.allocate(typed.length * MAX_BYTES_PER_CHARACTER);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(typed), encoded, true);
    byte[] utf8 = Arrays.copyOf(encoded.array(), encoded.position());
    Arrays.fill(typed, ' ');
    Arrays.fill(encoded.array(), (byte) 0);
    return utf8;
  }
}
