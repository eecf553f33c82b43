package dev.sallyport.transport.ftp.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import javax.net.ssl.SSLSocket;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.tls.TlsLayer;

/**
 * One log-in at an FTP server. One thread at a time; {@link #close} may be called by any. After an {@link FtpRefusal} the next command can
 * be given; after any other failure nobody knows where the conversation stands, and the client must be closed. Paths are relative to the
 * address's directory.
 */
public final class FtpClient implements Closeable {
  /** How long the answer to a command may take. */
  public static final Duration ANSWER_TIME = Duration.ofSeconds(20);
  /** How long a transfer may take, from the command that opens its connection to the answer behind its end. */
  public static final Duration TRANSFER_TIME = Duration.ofSeconds(60);

  private static final String ANONYMOUS = "anonymous";
  private static final String ANONYMOUS_PASSWORD = "agent@";
  private static final int SIZE_IS = 213;

  private final FtpSite site;
  private final Control control;
  private Listing listing = Listing.NLST;
  private boolean sizes;
  private boolean extendedPassive = true;

  private FtpClient(FtpSite site, Control control) {
    this.site = site;
    this.control = control;
  }

  /**
   * Connects, logs in and enters the directory.
   *
   * @throws IOException if any step failed; the message says what failed, why, and what to do, and has no password
   */
  public static FtpClient open(FtpSite site, Deadline deadline) throws IOException {
    Control control = Control.open(site, deadline);
    try {
      var client = new FtpClient(site, control);
      client.begin(deadline);
      return client;
    } catch (IOException | RuntimeException e) {
      control.close();
      throw e;
    }
  }

  private void begin(Deadline deadline) throws IOException {
    Reply greeting = control.reply(deadline);
    if (!greeting.isCompleted()) {
      throw new IOException("the FTP server takes nobody now: " + greeting);
    }
    if (site.secured()) {
      require("AUTH", "TLS", deadline);
      control.secure(deadline);
    }
    logIn(deadline);
    if (site.secured()) {
      require("PBSZ", "0", deadline);
      require("PROT", "P", deadline);
    }
    require("TYPE", "I", deadline);
    readFeatures(control.say("FEAT", "", deadline));
    if (!site.address().directory().isEmpty()) {
      require("CWD", site.address().directory(), deadline);
    }
  }

  private void logIn(Deadline deadline) throws IOException {
    ServerAddress address = site.address();
    String user = address.user().isEmpty() ? ANONYMOUS : address.user();
    Reply reply = control.say("USER", user, deadline);
    if (reply.isIntermediate()) {
      byte[] password = address.user().isEmpty()
          ? ANONYMOUS_PASSWORD.getBytes(StandardCharsets.US_ASCII)
          : address.password();
      try {
        reply = control.say("PASS", password, deadline);
      } finally {
        Arrays.fill(password, (byte) 0);
      }
    }
    if (!reply.isCompleted()) {
      throw new IOException("the FTP server refused the log-in: " + reply + "; check user and password");
    }
  }

  /** RFC 2389 section 3.2: each feature is on a line of its own behind a space. */
  private void readFeatures(Reply reply) {
    if (!reply.isCompleted()) {
      return;
    }
    for (String line : reply.lines()) {
      String feature = line.strip().toUpperCase(Locale.ROOT);
      if (feature.startsWith("MLST") || feature.equals("MLSD")) {
        listing = Listing.MLSD;
      }
      sizes |= feature.equals("SIZE");
    }
  }

  /** Whether {@link #size} can be asked. */
  public boolean tellsSizes() {
    return sizes;
  }

  /** The bytes of a file (RFC 3659 section 4); nothing if there is no such file, or none that may be seen. */
  public OptionalLong size(String path) throws IOException {
    Reply reply = control.say("SIZE", path, Deadline.in(ANSWER_TIME));
    if (reply.code() == SIZE_IS) {
      try {
        return OptionalLong.of(Long.parseLong(reply.lines().getLast().substring("213 ".length()).strip()));
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new IOException("the FTP server told no size: " + reply, e);
      }
    }
    if (!new FtpRefusal("SIZE", reply).isLasting()) {
      throw new IOException("the FTP server cannot tell a size: " + reply);
    }
    return OptionalLong.empty();
  }

  /** Says whether a file is there whichever way this server can tell. */
  public boolean has(String directory, String name) throws IOException {
    return sizes ? size(directory + "/" + name).isPresent() : list(directory).contains(name);
  }

  /** Stores a file in the place of any that was there. */
  public void store(String path, byte[] content) throws IOException {
    Deadline deadline = Deadline.in(TRANSFER_TIME);
    try (DataChannel data = passive(deadline)) {
      preliminary("STOR", path, deadline);
      data.send(content);
      completed("STOR", control.reply(deadline));
    }
    checkSize(path, content.length);
  }

  /** A connection that broke behind the last byte sent looks to the server like the end of the file. */
  private void checkSize(String path, int bytes) throws IOException {
    if (!sizes) {
      return;
    }
    OptionalLong size = size(path);
    if (size.isEmpty()) {
      sizes = false; // offered, and not done: the listing must do
    } else if (size.getAsLong() != bytes) {
      throw new IOException("of " + bytes + " bytes the FTP server stored " + size.getAsLong());
    }
  }

  /**
   * The content of a file.
   *
   * @param most bytes
   * @throws IOException also if it has more
   */
  public byte[] retrieve(String path, int most) throws IOException {
    return transfer("RETR", path, most);
  }

  /** The names in a directory; those that nothing of ours can have are left out. */
  public List<String> list(String directory) throws IOException {
    try {
      return listing.names(transfer(listing.name(), directory, Listing.MAX_BYTES));
    } catch (FtpRefusal e) {
      if (e.isNothingThere()) {
        return List.of();
      }
      if (!e.isUnknownCommand() || listing == Listing.LIST) {
        throw e;
      }
      listing = listing == Listing.MLSD ? Listing.NLST : Listing.LIST;
      return list(directory);
    }
  }

  private byte[] transfer(String verb, String path, int most) throws IOException {
    Deadline deadline = Deadline.in(TRANSFER_TIME);
    try (DataChannel data = passive(deadline)) {
      preliminary(verb, path, deadline);
      byte[] content = data.receive(most);
      completed(verb, control.reply(deadline));
      return content;
    }
  }

  /**
   * Gives a file another name. Returns false if there is no such file.
   *
   * @throws FtpRefusal if the new name cannot be had
   */
  public boolean rename(String from, String to) throws IOException {
    Deadline deadline = Deadline.in(ANSWER_TIME);
    Reply reply = control.say("RNFR", from, deadline);
    if (!reply.isIntermediate()) {
      IOException no = refusal("RNFR", reply);
      if (no instanceof FtpRefusal refusal && refusal.isLasting()) {
        return false;
      }
      throw no;
    }
    require("RNTO", to, deadline);
    return true;
  }

  /** @throws FtpRefusal also if there is no such file */
  public void delete(String path) throws IOException {
    require("DELE", path, Deadline.in(ANSWER_TIME));
  }

  /** @throws FtpRefusal also if it is there already */
  public void makeDirectory(String path, Deadline deadline) throws IOException {
    require("MKD", path, deadline);
  }

  /** @throws FtpRefusal also if it is not empty, or not there */
  public void removeDirectory(String path) throws IOException {
    require("RMD", path, Deadline.in(ANSWER_TIME));
  }

  /** What is known about the way the bytes travel. */
  public WireFacts facts(String transport) throws IOException {
    return control.top() instanceof SSLSocket tls
        ? new WireFacts(transport, site.route().describe(), control.remote(), TlsLayer.leafDigest(tls),
            TlsLayer.issuer(tls))
        : new WireFacts(transport, site.route().describe(), control.remote(), new byte[0], "");
  }

  private DataChannel passive(Deadline deadline) throws IOException {
    if (extendedPassive) {
      Reply reply = control.say("EPSV", "", deadline);
      if (reply.isCompleted()) {
        return DataChannel.open(site, PassivePort.extended(reply), deadline);
      }
      extendedPassive = false; // RFC 2428 is younger than many servers
    }
    Reply reply = control.say("PASV", "", deadline);
    if (!reply.isCompleted()) {
      throw refusal("PASV", reply);
    }
    return DataChannel.open(site, PassivePort.plain(reply), deadline);
  }

  private void preliminary(String verb, String path, Deadline deadline) throws IOException {
    Reply reply = control.say(verb, path, deadline);
    if (!reply.isPreliminary()) {
      throw refusal(verb, reply);
    }
  }

  private static void completed(String verb, Reply reply) throws IOException {
    if (!reply.isCompleted()) {
      throw new IOException("a transfer failed at the FTP server (" + verb + "): " + reply);
    }
  }

  private void require(String verb, String argument, Deadline deadline) throws IOException {
    Reply reply = control.say(verb, argument, deadline);
    if (!reply.isCompleted()) {
      throw refusal(verb, reply);
    }
  }

  /** A yes where none can be meant leaves nobody sure of what comes next; the client is then good for nothing. */
  private static IOException refusal(String verb, Reply reply) {
    return reply.isCompleted() || reply.isPreliminary() || reply.isIntermediate()
        ? new IOException("the FTP server answered " + verb + " out of turn: " + reply)
        : new FtpRefusal(verb, reply);
  }

  /** Ends the connection, without a word: an answer to QUIT would have to be waited for, and changes nothing. */
  @Override
  public void close() {
    try {
      control.close();
    } catch (IOException _) {
      // a socket that cannot even be closed is of no more use
    }
  }
}
