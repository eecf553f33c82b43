package dev.sallyport.gateway.link;

import java.util.concurrent.RejectedExecutionException;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.session.stream.Outbound;
import dev.sallyport.session.stream.Session;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.jspecify.annotations.Nullable;

/**
 * The end of an agent's pipeline, on the channel's event loop: whole messages in; sealed messages out, as long as the network
 * takes them and no longer, all that are ready in one flush.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and that is told
public final class AgentHandler extends SimpleChannelInboundHandler<WebSocketFrame> implements Outbound {
  private final Arrival arrival;
  private final Conversation conversation;
  private @Nullable Session session; // of the event loop
  private boolean closing;

  /** @param arrival the connection; from the upgrade on, it is waited for here */
  public AgentHandler(LinkServices services, Arrival arrival) {
    super(WebSocketFrame.class);
    this.arrival = arrival;
    this.conversation = new Conversation(services, arrival, this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
      conversation.begin();
    }
    super.userEventTriggered(context, event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (closing) {
      return;
    }
    if (frame instanceof BinaryWebSocketFrame) {
      conversation.message(ByteBufUtil.getBytes(frame.content()));
    } else {
      closeAfter(new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    pump();
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    conversation.ended();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close(); // a broken connection or a frame that is none; what it means is told by channelInactive
  }

  // -- what the conversation asks for, on the event loop ------------------------------------------------------------

  /** From now on, the session says what is to be sent. */
  void speaksFor(Session newSession) {
    session = newSession;
  }

  void send(byte[] message) {
    arrival.channel().writeAndFlush(frame(message), arrival.channel().voidPromise());
  }

  /** Sends a last message and closes. */
  void sendLast(byte[] message) {
    arrival.channel().write(frame(message), arrival.channel().voidPromise());
    closeAfter(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
  }

  /** Sends what the session still has to say and closes. */
  void finish() {
    pump();
    closeAfter(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
  }

  private void closeAfter(CloseWebSocketFrame farewell) {
    if (closing) {
      farewell.release();
      return;
    }
    closing = true;
    arrival.expect(LinkServices.FAREWELL); // whoever does not read the farewell is not waited for
    arrival.channel().writeAndFlush(farewell).addListener(ChannelFutureListener.CLOSE);
  }

  // -- from any thread ----------------------------------------------------------------------------------------------

  @Override
  public void wake() {
    onLoop(this::pump);
  }

  /** Runs a task on the event loop, or not at all if the gateway is closed. */
  void onLoop(Runnable task) {
    try {
      arrival.channel().eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      arrival.close();
    }
  }

  private void pump() {
    Session speaker = session;
    if (speaker == null || closing) {
      return;
    }
    boolean written = false;
    while (arrival.channel().isWritable()) {
      byte[] message = speaker.nextMessage();
      if (message == null) {
        break;
      }
      arrival.channel().write(frame(message), arrival.channel().voidPromise());
      written = true;
    }
    if (written) {
      arrival.channel().flush();
    }
  }

  private static BinaryWebSocketFrame frame(byte[] message) {
    return new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message));
  }
}
