package dev.sallyport.gateway.edge;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.link.LinkServices;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/** One message is one binary message of a WebSocket. */
final class WebSocketCarrier extends ChannelCarrier<WebSocketFrame> {
  static final String TRANSPORT = "websocket";

  private WebSocketCloseStatus why = WebSocketCloseStatus.NORMAL_CLOSURE;

  WebSocketCarrier(LinkServices services, Arrival arrival, Channel channel) {
    super(WebSocketFrame.class, TRANSPORT, services, arrival, channel);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
      conversation().begin();
    }
    super.userEventTriggered(context, event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (frame instanceof BinaryWebSocketFrame) {
      conversation().message(ByteBufUtil.getBytes(frame.content()));
    } else {
      why = WebSocketCloseStatus.INVALID_MESSAGE_TYPE;
      conversation().nonsense();
    }
  }

  @Override
  Object outgoing(byte[] message) {
    return new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message));
  }

  @Override
  Object lastWord() {
    return new CloseWebSocketFrame(why);
  }
}
