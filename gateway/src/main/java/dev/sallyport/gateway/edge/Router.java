package dev.sallyport.gateway.edge;

import dev.sallyport.gateway.arrival.Arrival;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/**
 * Decides once for a connection, by its {@link Opening first bytes}, who is there. Bytes may come one by one, and more may come while the
 * web part is being reached; all of them are kept in order, within a bound.
 */
final class Router extends ChannelInboundHandlerAdapter {
  /** What a client may send before the web part is reached: more than one reading of a socket ever gives. */
  static final int MAX_HELD_BYTES = 1 << 20;

  private static final int MAX_COMPONENTS = 64;

  private final Door door;
  private final Arrival arrival;
  private final AgentPipelines agents;
  private @Nullable CompositeByteBuf held;
  private boolean given;

  Router(Door door, Arrival arrival, AgentPipelines agents) {
    this.door = door;
    this.arrival = arrival;
    this.agents = agents;
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
    } else if (!given) {
      decide(context, first);
    }
  }

  private void decide(ChannelHandlerContext context, ByteBuf first) {
    ChannelPipeline pipeline = context.pipeline();
    switch (door.opening(Opening.of(first))) {
      case UNDECIDED -> {
        return;
      }
      case OTHER -> {
        given = true;
        door.other(context.channel(), this, arrival);
        return;
      }
      case WEBSOCKET -> agents.webSocket(pipeline, arrival);
      case POLL -> agents.poll(pipeline, arrival, door.pollWord());
      case STREAM -> agents.stream(pipeline, arrival, door.streamWord());
    }
    context.fireChannelRead(take());
    pipeline.remove(this);
  }

  /** What came until now, to whoever has the connection from here on. */
  ByteBuf take() {
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
