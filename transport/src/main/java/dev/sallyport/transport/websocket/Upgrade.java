package dev.sallyport.transport.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.http.HttpRefusal;
import dev.sallyport.transport.socket.InputBuffer;

/** The HTTP request that turns a connection into a WebSocket, and the check of its answer (RFC 6455 section 4). */
final class Upgrade {
  static final String SUBPROTOCOL = "slp1";

  private static final String PATH = "/agent";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int KEY_BYTES = 16;
  private static final int MAX_QUOTED = 120; // characters of a stranger's text in a message

  private final ServerAddress address;
  private final String key;

  Upgrade(ServerAddress address, SecureRandom random) {
    this.address = address;
    byte[] nonce = new byte[KEY_BYTES];
    random.nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  void request(OutputStream out) throws IOException {
    String head = "GET " + PATH + " HTTP/1.1\r\nHost: " + address.authority()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key
        + "\r\nSec-WebSocket-Protocol: " + SUBPROTOCOL + "\r\nUser-Agent: sallyport\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Reads the answer's head and no byte more. */
  void answer(InputBuffer in) throws IOException {
    HttpAnswer answer = read(in);
    if (answer.status() != SWITCHING_PROTOCOLS) {
      throw new IOException(address + " answered HTTP " + answer.status() + ": " + HttpRefusal.meaning(answer));
    }
    require("Upgrade", "websocket".equalsIgnoreCase(answer.header("upgrade")));
    require("Connection", names(answer.header("connection"), "upgrade"));
    require("Sec-WebSocket-Accept", accept().equals(answer.header("sec-websocket-accept")));
    require("Sec-WebSocket-Protocol", SUBPROTOCOL.equals(answer.header("sec-websocket-protocol")));
    require("Sec-WebSocket-Extensions", answer.header("sec-websocket-extensions").isEmpty());
  }

  private HttpAnswer read(InputBuffer in) throws IOException {
    try {
      return HttpAnswer.read(in);
    } catch (HttpAnswer.NotHttp e) {
      throw new IOException(
          address + " does not speak HTTP/1.1 (it said \"" + PlainText.clean(String.valueOf(e.getMessage()),
              MAX_QUOTED) + "\"); check host and port",
          e);
    } catch (EOFException e) {
      throw new IOException(
          address + " closed the connection instead of answering; it refuses this machine for now, or is not"
              + " a Sallyport server",
          e);
    }
  }

  private static boolean names(String list, String token) {
    for (String item : list.split(",", -1)) {
      if (item.strip().equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  private void require(String header, boolean right) throws IOException {
    if (!right) {
      throw new IOException(address + " agreed to a WebSocket but with a wrong " + header
          + " header; this is not a Sallyport server, or something between changes its answers");
    }
  }

  private String accept() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest); // SHA-1 proves nothing here, the RFC only wants an echo
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
