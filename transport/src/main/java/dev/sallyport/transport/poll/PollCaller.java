package dev.sallyport.transport.poll;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.dial.DoorConnection;
import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.http.HttpBody;
import dev.sallyport.transport.http.HttpRefusal;
import dev.sallyport.transport.socket.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Makes one lane's requests, one after the other, on one connection as long as that lasts and on new ones after it. One thread calls;
 * any thread closes, which ends a request that is under way.
 */
final class PollCaller {
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int GONE = 410;
  private static final int FIRST_FINAL_STATUS = 200;
  private static final int MAX_INTERIM_ANSWERS = 4;
  private static final int MAX_QUOTED = 120; // characters

  private final ServerAddress address;
  private final Opener opener;
  private volatile @Nullable DoorConnection connection;
  private volatile boolean closed;

  /** Opens a connection to the server's door. */
  @FunctionalInterface
  interface Opener {
    DoorConnection open(Deadline deadline) throws IOException;
  }

  /** The request was older than another that was answered. */
  static final class Stale extends IOException {
    private static final long serialVersionUID = 1L;

    Stale() {
      super("the server has answered a newer request already");
    }
  }

  /** The server says that the link is no more. */
  static final class Gone extends EOFException {
    private static final long serialVersionUID = 1L;

    Gone() {
      super("the server ended the link");
    }
  }

  /** @param first a connection that is open already, if there is one */
  PollCaller(ServerAddress address, Opener opener, @Nullable DoorConnection first) {
    this.address = address;
    this.opener = opener;
    this.connection = first;
  }

  /**
   * Makes a request.
   *
   * @param within the longest time to the last byte of the answer
   * @return the answer's body
   * @throws Gone if the server says that the link is no more
   * @throws Stale if it says that the request is old
   * @throws IOException if it was not answered as a server of ours does; it may have arrived or not
   */
  byte[] post(String path, byte[] body, Duration within) throws IOException {
    Deadline deadline = Deadline.in(within);
    DoorConnection kept = connection;
    if (kept != null) {
      try {
        return postOn(kept, path, body, deadline);
      } catch (Gone e) {
        throw e;
      } catch (EOFException | SocketException | SSLException _) {
        // closed since the last request, as connections are; every request here is safe to repeat, on a new one
      }
    }
    return postOn(open(deadline), path, body, deadline);
  }

  private DoorConnection open(Deadline deadline) throws IOException {
    DoorConnection opened = opener.open(deadline);
    connection = opened;
    if (closed) {
      drop(opened);
      throw new EOFException("this end closed the connection");
    }
    return opened;
  }

  private byte[] postOn(DoorConnection on, String path, byte[] body, Deadline deadline) throws IOException {
    boolean stays = false;
    try {
      on.bottom().until(deadline);
      HttpAnswer answer = exchange(on, path, body);
      byte[] said = HttpBody.read(answer, on.in(), PollBody.MAX_BYTES);
      stays = HttpBody.staysOpen(answer);
      return accepted(answer, said);
    } catch (HttpAnswer.NotHttp e) {
      throw new IOException(address + " did not answer a poll as HTTP does (\""
          + PlainText.clean(String.valueOf(e.getMessage()), MAX_QUOTED) + "\"); check host and port", e);
    } finally {
      if (!stays) {
        drop(on);
      }
    }
  }

  private HttpAnswer exchange(DoorConnection on, String path, byte[] body) throws IOException {
    String head = "POST " + path + " HTTP/1.1\r\nHost: " + address.authority()
        + "\r\nUser-Agent: sallyport\r\nCache-Control: no-store\r\nContent-Type: application/octet-stream\r\nContent-Length: "
        + body.length
        + "\r\n\r\n";
    byte[] whole = new byte[head.length() + body.length];
    System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, whole, 0, head.length());
    System.arraycopy(body, 0, whole, head.length(), body.length);
    on.out().write(whole);
    on.out().flush();
    HttpAnswer answer = HttpAnswer.readOfProxy(on.in());
    for (int i = 0; answer.status() < FIRST_FINAL_STATUS && i < MAX_INTERIM_ANSWERS; i++) {
      answer = HttpAnswer.readOfProxy(on.in());
    }
    return answer;
  }

  private byte[] accepted(HttpAnswer answer, byte[] said) throws IOException {
    return switch (answer.status()) {
      case OK -> said;
      case CONFLICT -> throw new Stale();
      case GONE -> throw new Gone();
      default ->
        throw new IOException(
            address + " answered a poll with HTTP " + answer.status() + ": " + HttpRefusal.meaning(answer));
    };
  }

  void close() {
    closed = true;
    DoorConnection last = connection;
    if (last != null) {
      drop(last);
    }
  }

  private void drop(DoorConnection gone) {
    if (gone.equals(connection)) {
      connection = null;
    }
    try {
      gone.bottom().close();
    } catch (IOException _) {
      // a socket that cannot even be closed is of no more use
    }
  }
}
