package dev.sallyport.gateway.edge;

import java.nio.charset.StandardCharsets;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.relay.WebPart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Decides once for a connection, by the first bytes inside TLS: {@code GET /agent} followed by a space, {@code ?} or {@code /}
 * is an agent's, everything else goes to the web part. Bytes may come one by one, and more may come while the web part is
 * being reached; all of them are kept in order, within a bound.
 */
final class Router extends ChannelInboundHandlerAdapter {
  /** What a client may send before the web part is reached: more than one reading of a socket ever gives. */
  static final int MAX_HELD_BYTES = 1 << 20;

  private static final byte[] AGENT = "GET /agent".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_COMPONENTS = 64;

  private final SslHandler tls;
  private final Arrival arrival;
  private final AgentPipeline agents;
  private final WebPart webPart;
  private @Nullable CompositeByteBuf held;
  private boolean joining;

  Router(SslHandler tls, Arrival arrival, AgentPipeline agents, WebPart webPart) {
    this.tls = tls;
    this.arrival = arrival;
    this.agents = agents;
    this.webPart = webPart;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    CompositeByteBuf first = held;
    if (first == null) {
      first = context.alloc().compositeBuffer(MAX_COMPONENTS);
      held = first;
    }
    first.addComponent(true, (ByteBuf) message);
    if (first.readableBytes() > MAX_HELD_BYTES) {
      arrival.close();
    } else if (!joining) {
      decide(context, first);
    }
  }

  private void decide(ChannelHandlerContext context, ByteBuf first) {
    boolean http2 = ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
    if (http2 || !beginsLikeAgent(first)) {
      joining = true;
      arrival.expectNothing();
      context.channel().config().setAutoRead(false);
      webPart.join(context.channel(), this, tls.engine().getSession().getProtocol(), !http2, this::take);
    } else if (first.readableBytes() > AGENT.length) {
      agents.install(context.pipeline(), arrival);
      context.fireChannelRead(take());
      context.pipeline().remove(this);
    }
  }

  private static boolean beginsLikeAgent(ByteBuf first) {
    int known = Math.min(first.readableBytes(), AGENT.length);
    for (int i = 0; i < known; i++) {
      if (first.getByte(first.readerIndex() + i) != AGENT[i]) {
        return false;
      }
    }
    if (first.readableBytes() <= AGENT.length) {
      return true; // so far
    }
    int next = first.getByte(first.readerIndex() + AGENT.length);
    return next == ' ' || next == '?' || next == '/';
  }

  private ByteBuf take() {
    ByteBuf first = held;
    held = null;
    if (first == null) {
      throw new IllegalStateException("taken already");
    }
    return first;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close(); // TLS that is none, a broken connection: of no interest before a first request
  }
}
