package dev.sallyport.transport.ftp.client;

import java.io.IOException;

/** The server answered a command with no; the connection is still good for others. */
public final class FtpRefusal extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LASTING = 500;
  private static final int NOT_UNDERSTOOD = 502;
  private static final int NO_FILE_NOW = 450;
  private static final int NO_FILE = 550;

  /** The code it answered with. */
  private final int code;

  /**
   * @param command its verb alone: what follows may be a password
   * @param reply whose words are quoted
   */
  FtpRefusal(String command, Reply reply) {
    super("the FTP server refused " + command + ": " + reply);
    this.code = reply.code();
  }

  /** Whether the same command would be refused again as things stand: a file that is not there, a right not given. */
  public boolean isLasting() {
    return code >= LASTING;
  }

  /** Whether the server does not know the command (500, 501 to its form, 502). */
  boolean isUnknownCommand() {
    return code >= LASTING && code <= NOT_UNDERSTOOD;
  }

  /** What servers answer where there is nothing to list (RFC 1123 section 4.1.3 wants 450, many say 550). */
  boolean isNothingThere() {
    return code == NO_FILE_NOW || code == NO_FILE;
  }
}
