package dev.sallyport.transport.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener on loopback that plays the next of its scripts on each connection, the last one again and again. */
public final class LoopbackPeer implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

  /** What it does with one connection. */
  public interface Script {
    void serve(LoopbackPeer peer, InputStream in, OutputStream out) throws IOException;
  }

  public LoopbackPeer(Script... scripts) throws IOException {
    Thread.ofPlatform().daemon().start(() -> accept(scripts));
  }

  /** Reads the head of a request and answers. */
  public static Script answering(String answer) {
    return (peer, in, out) -> {
      peer.readHead(in);
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    };
  }

  private void accept(Script... scripts) {
    for (int i = 0; !listener.isClosed(); i++) {
      try {
        Socket connection = listener.accept();
        Script script = scripts[Math.min(i, scripts.length - 1)];
        Thread.ofVirtual().start(() -> serve(connection, script));
      } catch (IOException e) {
        return; // closed: the test is over
      }
    }
  }

  private void serve(Socket connection, Script script) {
    try (connection) {
      script.serve(this, connection.getInputStream(), connection.getOutputStream());
      connection.shutdownOutput();
      connection.getInputStream().readAllBytes(); // a close with unread bytes would break what was just said
    } catch (IOException e) {
      heads.add("broken: " + e.getMessage()); // a client that goes away: of interest to a test that looks
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String readHead(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client went away");
      }
      head.write(next);
    }
    heads.add(head.toString(StandardCharsets.ISO_8859_1));
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** The head of the next request. */
  public String head() throws InterruptedException {
    String head = heads.poll(60, TimeUnit.SECONDS);
    if (head == null) {
      throw new AssertionError("no request came");
    }
    return head;
  }

  public int requestsLeft() {
    return heads.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
