package dev.sallyport.gateway.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/**
 * Copies what one side sends to the other; a side that does not take it stops the other's reading. The end of what the client
 * sends reaches the web part, which may still answer; the end of what the web part sends ends the connection once all of it
 * is delivered.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, and that ends the other
final class Relay extends ChannelInboundHandlerAdapter {
  private final Channel peer;

  Relay(Channel peer) {
    this.peer = peer;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    peer.write(message, peer.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    peer.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    peer.config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent || event instanceof ChannelInputShutdownEvent) {
      peer.flush();
      if (peer instanceof DuplexChannel webPart && event instanceof SslCloseCompletionEvent) {
        webPart.shutdownOutput();
      } else {
        end();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private void end() {
    if (peer.isActive()) {
      peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
