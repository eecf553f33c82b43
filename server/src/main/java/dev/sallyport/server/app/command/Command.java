package dev.sallyport.server.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.server.app.setting.Settings;
import dev.sallyport.server.app.setting.SettingsException;
import dev.sallyport.server.backup.Backup;
import dev.sallyport.server.backup.BackupException;
import dev.sallyport.server.backup.Contents;
import dev.sallyport.server.backup.Restore;
import dev.sallyport.server.backup.ServerPlace;
import dev.sallyport.server.backup.age.AgeInput;
import dev.sallyport.server.backup.age.AgeOutput;
import dev.sallyport.server.backup.age.Identity;
import dev.sallyport.server.backup.age.Recipient;
import org.jspecify.annotations.Nullable;

/** {@code backup} and {@code restore}. */
public final class Command {
  /** The words that are no settings. */
  public static final Set<String> NAMES = Set.of("backup", "restore");

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final String STANDARD = "-";
  private static final String PARTIAL = ".partial";

  private final Map<String, String> environment;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  public Command(Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * Does what the first argument says.
   *
   * @return 0 done, 1 failed, 2 wrong use
   */
  public int run(String[] arguments) {
    boolean backup = arguments[0].equals("backup");
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    if (rest.contains("--help")) {
      out.print(backup ? backupHelp() : restoreHelp());
      return DONE;
    }
    try {
      Options options = Options.read(rest, backup ? Options.ofBackup() : Options.ofRestore());
      Settings settings = Settings.read(options.settings().toArray(String[]::new), environment);
      var place = new ServerPlace(settings.data(), settings.keys(), settings.database());
      if (backup) {
        backup(options, place);
      } else {
        restore(options, place);
      }
      return DONE;
    } catch (SettingsException e) {
      e.faults().forEach(this::complain);
      return WRONG_USE;
    } catch (WrongUseException e) {
      complain(e.getMessage());
      return WRONG_USE;
    } catch (BackupException e) {
      complain(e.getMessage());
      return FAILED;
    } catch (NoSuchFileException e) {
      complain("There is no " + e.getFile() + ".");
      return FAILED;
    } catch (FileAlreadyExistsException e) {
      complain("There is already " + e.getFile() + "; give another name, or move it away.");
      return FAILED;
    } catch (IOException e) {
      complain((backup ? "The backup failed: " : "The backup was not put back: ") + e.getMessage() + ".");
      return FAILED;
    }
  }

  private void complain(@Nullable String what) {
    err.println("sallyport-server: " + what);
  }

  private void backup(Options options, ServerPlace place) throws WrongUseException, BackupException, IOException {
    List<Recipient> recipients = Secrets.recipients(options);
    try {
      if (options.file().equals(STANDARD)) {
        write(place, recipients, out);
        return;
      }
      Path file = Path.of(options.file());
      Path partial = file.resolveSibling(file.getFileName() + PARTIAL);
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Files.deleteIfExists(partial);
      Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (OutputStream to = Files.newOutputStream(partial)) {
        Contents contents = write(place, recipients, to);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        out.println(summary(contents) + " are in " + file + " (" + Files.size(file) + " bytes, encrypted).");
      } finally {
        Files.deleteIfExists(partial);
      }
    } finally {
      recipients.forEach(Recipient::wipe);
    }
  }

  private Contents write(ServerPlace place, List<Recipient> recipients, OutputStream to)
      throws BackupException, IOException {
    var sealed = new AgeOutput(to, recipients, new SecureRandom());
    try {
      Contents contents = Backup.write(place, sealed, version(), InstantSource.system().instant(), progress());
      sealed.close();
      return contents;
    } catch (BackupException | IOException | RuntimeException e) {
      sealed.abandon();
      throw e;
    }
  }

  private void restore(Options options, ServerPlace place) throws WrongUseException, BackupException, IOException {
    Identity identity = Secrets.identity(options);
    try (InputStream file = options.file().equals(STANDARD) ? in : Files.newInputStream(Path.of(options.file()));
        var open = new AgeInput(file, identity)) {
      Contents contents = Restore.read(open, place, progress());
      out.println(
          summary(contents) + " are back in " + place.data() + ". Start the server: agents come by themselves.");
    } finally {
      Secrets.wipe(identity);
    }
  }

  private ProgressLine progress() {
    return new ProgressLine(err, InstantSource.system(), Secrets.terminal().isPresent());
  }

  private static String summary(Contents contents) {
    return contents.rows() + " rows of the database and " + contents.files() + " files";
  }

  private static String version() {
    String version = Command.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String backupHelp() {
    return """
        sallyport-server backup FILE [--recipient=age1… …] [--passphrase-file=FILE] [--data=DIR and other settings]

        Writes all of a server into one encrypted file: database, keys, files. The server may run meanwhile.
        FILE is made with mode 0600; - is standard output. Without further options it asks for a passphrase.

          --recipient=age1…        encrypt for this public key (made by age-keygen); may be given more than once
          --passphrase-file=FILE   first line: the passphrase

        Certificates of your own are not in it. The file is one of age with a compressed tar in it: age -d FILE | tar tz
        Exit codes: 0 done, 1 failed, 2 wrong use.
        """;
  }

  private static String restoreHelp() {
    return """
        sallyport-server restore FILE [--identity-file=FILE] [--passphrase-file=FILE] [--data=DIR and other settings]

        Puts a backup back into an empty data directory (and an empty database, if the setting names a PostgreSQL one;
        it may be another kind of database than the backup was made of). FILE may be - for standard input.
        Start the server afterwards at its old address: agents come back by themselves.

          --identity-file=FILE     the private key, as age-keygen made it
          --passphrase-file=FILE   first line: the passphrase

        Exit codes: 0 done, 1 failed (and the place is empty as before), 2 wrong use.
        """;
  }
}
