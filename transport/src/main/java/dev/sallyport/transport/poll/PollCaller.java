package dev.sallyport.transport.poll;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.dial.DoorConnection;
import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.http.HttpBody;
import dev.sallyport.transport.http.HttpRefusal;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
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
  private static final int MAX_LOGIN_ROUNDS = 4;
  private static final int MAX_QUOTED = 120; // characters
  /** A connection that was closed between two requests shows it by then. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final ServerAddress address;
  private final PlainHttp http;
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

  PollCaller(ServerAddress address, PlainHttp http, Opener opener) {
    this.address = address;
    this.http = http;
    this.opener = opener;
  }

  /** Opens a connection for the next request, and tells about it. */
  WireFacts open(Deadline deadline) throws IOException {
    return opened(deadline).facts();
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
    Said said = Said.NOTHING;
    for (int i = 0; said.again() && i < MAX_LOGIN_ROUNDS; i++) {
      said = once(path, body, deadline);
    }
    return accepted(said);
  }

  /** @param again whether a proxy wants the same request once more, with a log-in */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Said(@Nullable HttpAnswer answer, byte[] body, boolean again) {
    static final Said NOTHING = new Said(null, new byte[0], true);
  }

  private Said once(String path, byte[] body, Deadline deadline) throws IOException {
    DoorConnection kept = connection;
    if (kept != null) {
      long begun = System.nanoTime();
      try {
        return on(kept, path, body, deadline);
      } catch (EOFException | SocketException | SSLException e) {
        if (System.nanoTime() - begun > AT_ONCE.toNanos()) {
          throw e; // it was heard, and held, and then cut: whoever asked must know
        }
        // closed since the last request, as connections are; every request here is safe to repeat, on a new one
      }
    }
    return on(opened(deadline), path, body, deadline);
  }

  private DoorConnection opened(Deadline deadline) throws IOException {
    DoorConnection opened = opener.open(deadline);
    connection = opened;
    if (closed) {
      drop(opened);
      throw new EOFException("this end closed the connection");
    }
    return opened;
  }

  private Said on(DoorConnection door, String path, byte[] body, Deadline deadline) throws IOException {
    boolean stays = false;
    try {
      door.bottom().until(deadline);
      HttpAnswer answer = exchange(door, path, body);
      byte[] said = HttpBody.read(answer, door.in(), PollBody.MAX_BYTES);
      stays = HttpBody.staysOpen(answer);
      return new Said(answer, said, http.again(answer.status(), answer.header("proxy-authenticate")));
    } catch (HttpAnswer.NotHttp e) {
      throw new IOException(address + " did not answer a poll as HTTP does (\""
          + PlainText.clean(String.valueOf(e.getMessage()), MAX_QUOTED) + "\"); check host and port", e);
    } finally {
      if (!stays) {
        drop(door);
      }
    }
  }

  private HttpAnswer exchange(DoorConnection door, String path, byte[] body) throws IOException {
    String head = "POST " + http.target(path) + " HTTP/1.1\r\nHost: " + address.authority()
        + "\r\nUser-Agent: sallyport\r\nCache-Control: no-store\r\nContent-Type: application/octet-stream\r\nContent-Length: "
        + body.length
        + "\r\n" + http.headers("POST", path) + "\r\n";
    byte[] whole = new byte[head.length() + body.length];
    System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, whole, 0, head.length());
    System.arraycopy(body, 0, whole, head.length(), body.length);
    door.out().write(whole);
    door.out().flush();
    HttpAnswer answer = HttpAnswer.readOfProxy(door.in());
    for (int i = 0; answer.status() < FIRST_FINAL_STATUS && i < MAX_INTERIM_ANSWERS; i++) {
      answer = HttpAnswer.readOfProxy(door.in());
    }
    return answer;
  }

  private byte[] accepted(Said said) throws IOException {
    HttpAnswer answer = said.answer();
    if (answer == null) {
      throw new IOException(address + " was not asked");
    }
    return switch (answer.status()) {
      case OK -> said.body();
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
