package dev.sallyport.gateway.edge;

import java.nio.charset.StandardCharsets;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.relay.WebPart;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;

/** Where a connection came in, and so what it may be. */
sealed interface Door {
  /** What the first bytes make of it. */
  Opening opening(Opening seen);

  /** What a row of polls is called that comes in here. */
  String pollWord();

  /** What a stream of messages is called that comes in here. */
  String streamWord();

  /** Takes a connection that is no agent's, and what the router holds of it. */
  void other(Channel channel, Router router, Arrival arrival);

  /** The TLS port, which agents share with browsers (K5). */
  record Tls(SslHandler encryption, WebPart webPart) implements Door {
    @Override
    public Opening opening(Opening seen) {
      return isHttp2() ? Opening.OTHER : seen;
    }

    private boolean isHttp2() {
      return ApplicationProtocolNames.HTTP_2.equals(encryption.applicationProtocol());
    }

    @Override
    public String pollWord() {
      return "https-poll";
    }

    @Override
    public String streamWord() {
      return "tls";
    }

    @Override
    public void other(Channel channel, Router router, Arrival arrival) {
      arrival.expectNothing();
      channel.config().setAutoRead(false);
      webPart.join(channel, router, encryption.engine().getSession().getProtocol(), !isHttp2(), router::take);
    }
  }

  /** A port without TLS, for agents only: their sessions need none, everybody else's would (K4). */
  record Plain() implements Door {
    private static final String WORDS = "Only agents are served here. The console is on the TLS port.";
    private static final byte[] NOTHING_HERE = String
        .join("\r\n", "HTTP/1.1 404 Not Found", "Content-Type: text/plain; charset=utf-8",
            "Content-Length: " + WORDS.length(), "Connection: close", "", WORDS)
        .getBytes(StandardCharsets.US_ASCII);

    @Override
    public Opening opening(Opening seen) {
      return seen == Opening.WEBSOCKET ? Opening.OTHER : seen;
    }

    @Override
    public String pollWord() {
      return "http-poll";
    }

    @Override
    public String streamWord() {
      return "tcp";
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the answer to a stranger may fail
    public void other(Channel channel, Router router, Arrival arrival) {
      channel.config().setAutoRead(false);
      router.take().release();
      channel.writeAndFlush(Unpooled.wrappedBuffer(NOTHING_HERE)).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
