package dev.sallyport.transport.poll;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;

/**
 * A link made of HTTP requests, seen from the agent. Two threads of its own make them, one for each lane; what they bring and what they
 * take lies in two bounded boxes between them and whoever sends and receives.
 */
final class PollWire implements Wire {
  /** How long {@link #close} waits for the last words to leave. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final WireFacts facts;
  private final MessageBox outgoing = new MessageBox();
  private final MessageBox incoming = new MessageBox();
  private final UpLane up;
  private final DownLane down;
  private volatile Duration readTimeout = Duration.ZERO;

  PollWire(String link, WireFacts facts, PollCaller up, PollCaller down) {
    this.facts = new WireFacts(facts.transport(), facts.route(), facts.remoteAddress(), facts.tlsLeafSha256(),
        facts.tlsIssuer());
    this.down = new DownLane(down, link, incoming, this::broken);
    this.up = new UpLane(up, link, outgoing, this.down::start, this::broken);
    this.up.start();
  }

  private void broken(IOException why) {
    outgoing.close(why);
    incoming.close(why);
    up.stop();
    down.stop();
  }

  @Override
  public void send(byte[] message) throws IOException {
    Wire.requireLength(message);
    outgoing.put(message);
  }

  @Override
  public byte[] receive() throws IOException {
    byte[] message = incoming.take(readTimeout);
    if (message == null) {
      throw new SocketTimeoutException("nothing came");
    }
    return message;
  }

  @Override
  public void readTimeout(Duration timeout) {
    readTimeout = timeout;
  }

  @Override
  public WireFacts facts() {
    return facts;
  }

  @Override
  public void close() {
    var why = new EOFException("this end closed the connection");
    incoming.close(why);
    outgoing.close(why);
    down.stop();
    up.await(LAST_WORDS);
    broken(why);
  }
}
