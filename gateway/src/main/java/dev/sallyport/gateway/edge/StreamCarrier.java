package dev.sallyport.gateway.edge;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.link.LinkServices;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/** Messages one after the other, each behind its length in four bytes. */
final class StreamCarrier extends ChannelCarrier<ByteBuf> {
  StreamCarrier(String transport, LinkServices services, Arrival arrival, Channel channel) {
    super(ByteBuf.class, transport, services, arrival, channel);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
    conversation().message(ByteBufUtil.getBytes(message));
  }

  @Override
  Object outgoing(byte[] message) {
    return Unpooled.wrappedBuffer(Unpooled.copyInt(message.length), Unpooled.wrappedBuffer(message));
  }

  @Override
  Object lastWord() {
    return Unpooled.EMPTY_BUFFER;
  }
}
