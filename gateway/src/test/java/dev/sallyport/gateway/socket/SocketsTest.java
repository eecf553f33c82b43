package dev.sallyport.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SocketsTest {
  private final Sockets sockets = Sockets.best();
  private final EventLoopGroup loops = sockets.newLoops(1);

  @AfterEach
  void stop() {
    loops.shutdownGracefully().awaitUninterruptibly();
  }

  private ServerBootstrap listener() {
    return new ServerBootstrap().group(loops).channelFactory(sockets::newServerChannel)
        .childHandler(new ChannelInboundHandlerAdapter());
  }

  /** The largest segment that a client of this listener sends. */
  private int segment(ServerBootstrap listener) {
    Channel bound = listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly()
        .channel();
    Channel client = new Bootstrap().group(loops).channel(EpollSocketChannel.class)
        .handler(new ChannelInboundHandlerAdapter()).connect(bound.localAddress()).syncUninterruptibly().channel();
    return client.config().getOption(Sockets.LARGEST_SEGMENT);
  }

  @Test
  @DisplayName("K4 a path that swallows large packets still carries what both ends send")
  void segmentsAreSmallWhereTheyAreKeptSmall() {
    assumeTrue(sockets == Sockets.NATIVE, "only Linux can be told");
    ServerBootstrap small = listener();
    sockets.keepSegmentsSmall(small);

    assertThat(segment(small)).isLessThanOrEqualTo(Sockets.SMALL_SEGMENT);
    assertThat(segment(listener())).isGreaterThan(Sockets.SMALL_SEGMENT);
  }
}
