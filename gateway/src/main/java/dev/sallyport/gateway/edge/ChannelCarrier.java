package dev.sallyport.gateway.edge;

import java.util.concurrent.Executor;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.link.Carrier;
import dev.sallyport.gateway.link.Conversation;
import dev.sallyport.gateway.link.LinkServices;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * The end of an agent's pipeline where one connection is the whole carrier; its executor is the channel's event loop.
 *
 * @param <I> what comes out of the pipeline: frames, buffers
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and that is told
abstract class ChannelCarrier<I> extends SimpleChannelInboundHandler<I> implements Carrier {
  private final String transport;
  private final Channel channel;
  private final Conversation conversation;

  @SuppressWarnings("this-escape") // the conversation keeps its carrier and calls nothing yet
  ChannelCarrier(Class<I> incoming, String transport, LinkServices services, Arrival arrival, Channel channel) {
    super(incoming);
    this.transport = transport;
    this.channel = channel;
    arrival.speaks(transport);
    this.conversation = new Conversation(services, arrival, this);
  }

  /** One message as this pipeline sends it. */
  abstract Object outgoing(byte[] message);

  /** What is sent before the end. */
  abstract Object lastWord();

  Conversation conversation() {
    return conversation;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    conversation.writable();
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

  @Override
  public String transport() {
    return transport;
  }

  @Override
  public Executor executor() {
    return channel.eventLoop();
  }

  @Override
  public boolean isActive() {
    return channel.isActive();
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void write(byte[] message) {
    channel.write(outgoing(message), channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public void farewell() {
    channel.writeAndFlush(lastWord()).addListener(ChannelFutureListener.CLOSE);
  }
}
