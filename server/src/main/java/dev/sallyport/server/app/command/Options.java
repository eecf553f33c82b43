package dev.sallyport.server.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind the command's word.
 *
 * @param file the backup; {@code -} for standard output or input
 * @param recipients public keys of age
 * @param passphraseFile its first line is the passphrase
 * @param identityFile holds a private key of age
 * @param settings the rest, for the settings
 */
record Options(String file, List<String> recipients, Optional<Path> passphraseFile, Optional<Path> identityFile,
    List<String> settings) {
  private static final String RECIPIENT = "--recipient";
  private static final String PASSPHRASE = "--passphrase-file";
  private static final String IDENTITY = "--identity-file";

  /** Keeps copies. */
  Options {
    recipients = List.copyOf(recipients);
    settings = List.copyOf(settings);
  }

  /** @param own the options of this command; any other is a setting */
  static Options read(List<String> arguments, Set<String> own) throws WrongUseException {
    var recipients = new ArrayList<String>();
    var settings = new ArrayList<String>();
    Optional<Path> passphrase = Optional.empty();
    Optional<Path> identity = Optional.empty();
    String file = "";
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      boolean valued = argument.startsWith("--");
      if (!valued && file.isEmpty()) {
        file = argument;
        continue;
      }
      if (!valued) {
        throw new WrongUseException("'" + argument + "' is one file too many; the backup is " + file + ".");
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        throw new WrongUseException("'" + argument + "' needs a value: " + argument + "=…");
      }
      String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
      if (!own.contains(name)) {
        settings.add(name + "=" + value);
        continue;
      }
      switch (name) {
        case RECIPIENT -> recipients.add(value);
        case PASSPHRASE -> passphrase = Optional.of(Path.of(value));
        default -> identity = Optional.of(Path.of(value));
      }
    }
    if (file.isEmpty()) {
      throw new WrongUseException("Say which file; --help tells more.");
    }
    return new Options(file, recipients, passphrase, identity, settings);
  }

  static Set<String> ofBackup() {
    return Set.of(RECIPIENT, PASSPHRASE);
  }

  static Set<String> ofRestore() {
    return Set.of(IDENTITY, PASSPHRASE);
  }
}
