package dev.sallyport.transport.ftp.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.UnopenedException;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.InputBuffer;

/** The control connection: one command, one answer. */
final class Control implements Closeable {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final int LAST_CONTROL_CHARACTER = 0x1F;
  private static final int DELETE = 0x7F;
  /** The server ends the connection (RFC 959 section 4.2.2). */
  private static final int GOING = 421;

  private final FtpSite site;
  private final Connection connection;
  private Socket top;
  private InputBuffer in;

  private Control(FtpSite site, Connection connection) throws IOException {
    this.site = site;
    this.connection = connection;
    this.top = connection.top();
    this.in = new InputBuffer(top.getInputStream());
  }

  static Control open(FtpSite site, Deadline deadline) throws IOException {
    ServerAddress address = site.address();
    Connection connection;
    try {
      connection = site.route().open(address.host(), address.port(), deadline);
    } catch (IOException e) {
      throw new UnopenedException(String.valueOf(e.getMessage()), e);
    }
    try {
      return new Control(site, connection);
    } catch (IOException | RuntimeException e) {
      connection.bottom().close();
      throw e;
    }
  }

  /** Says a command and hears its answer. */
  Reply say(String verb, String argument, Deadline deadline) throws IOException {
    byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
    return say(verb, bytes, deadline);
  }

  /** The same with an argument that is nobody's business; the bytes stay the caller's to wipe. */
  Reply say(String verb, byte[] argument, Deadline deadline) throws IOException {
    send(verb, argument);
    return reply(deadline);
  }

  private void send(String verb, byte[] argument) throws IOException {
    for (byte b : argument) {
      if ((b >= 0 && b <= LAST_CONTROL_CHARACTER) || b == DELETE) {
        throw new IOException("the argument of " + verb + " has a control character; take it out of the address");
      }
    }
    byte[] head = (verb + (argument.length == 0 ? "" : " ")).getBytes(StandardCharsets.US_ASCII);
    byte[] line = Arrays.copyOf(head, head.length + argument.length + LINE_END.length);
    System.arraycopy(argument, 0, line, head.length, argument.length);
    System.arraycopy(LINE_END, 0, line, head.length + argument.length, LINE_END.length);
    try {
      OutputStream out = top.getOutputStream();
      out.write(line);
      out.flush();
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  /** Hears an answer. */
  Reply reply(Deadline deadline) throws IOException {
    connection.bottom().until(deadline);
    Reply reply = ReplyReader.read(in);
    if (reply.code() == GOING) {
      throw new IOException("the FTP server ends the connection: " + reply);
    }
    return reply;
  }

  /** Puts TLS on the connection; what was said before it, and heard only now, would be a stranger's (RFC 4217 section 15.1). */
  void secure(Deadline deadline) throws IOException {
    if (!in.isEmpty()) {
      throw new IOException(
          "something was said behind the answer to AUTH; somebody may have tampered with the connection");
    }
    connection.bottom().until(deadline);
    top = site.tls().over(top, site.address().host(), site.address().port());
    in = new InputBuffer(top.getInputStream());
  }

  /** The other end as {@code address:port}. */
  String remote() {
    return connection.bottom().remote();
  }

  /** The connection with all that lies on it. */
  Socket top() {
    return top;
  }

  @Override
  public void close() throws IOException {
    connection.bottom().close();
  }
}
