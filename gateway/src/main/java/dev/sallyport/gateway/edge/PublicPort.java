package dev.sallyport.gateway.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.arrival.Arrivals;
import dev.sallyport.gateway.certificate.ServerCertificate;
import dev.sallyport.gateway.link.LinkServices;
import dev.sallyport.gateway.poll.PollLinks;
import dev.sallyport.gateway.relay.WebPart;
import dev.sallyport.gateway.socket.Sockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/** A listening socket: counts connections in, then puts the router on each, and TLS before it where the port has it. */
public final class PublicPort implements AutoCloseable {
  /** Connections the kernel holds for us while we are busy; the system may allow fewer. */
  private static final int BACKLOG = 4_096;
  /** A channel with this much to write is given no more until it is down to the lower mark. */
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 512 << 10);

  private final Channel listener;
  private final Runnable afterwards;

  private PublicPort(Channel listener, Runnable afterwards) {
    this.listener = listener;
    this.afterwards = afterwards;
  }

  /**
   * What all ports of a gateway share.
   *
   * @param loops carry all connections
   */
  public record Parts(Sockets sockets, EventLoopGroup loops, Arrivals arrivals, LinkServices services,
      PollLinks polls) {}

  /**
   * Opens the port for agents and browsers.
   *
   * @throws IOException if it cannot be opened; the message says why and what to do
   */
  public static PublicPort tls(InetSocketAddress address, Parts parts, ServerCertificate certificate, WebPart webPart)
      throws IOException {
    SslContext tls = TlsContexts.server(certificate, parts.sockets());
    AgentPipelines agents = new AgentPipelines(parts.services(), parts.polls());
    try {
      return open(address, parts, "tls", (channel, arrival) -> {
        SslHandler encryption = tls.newHandler(channel.alloc());
        encryption.setHandshakeTimeoutMillis(0); // the first request is waited for as a whole, this included
        channel.pipeline().addLast(encryption, new Router(new Door.Tls(encryption, webPart), arrival, agents));
      }, () -> ReferenceCountUtil.release(tls));
    } catch (IOException e) {
      ReferenceCountUtil.release(tls);
      throw e;
    }
  }

  /**
   * Opens a port without TLS, for agents that can come no other way.
   *
   * @throws IOException if it cannot be opened; the message says why and what to do
   */
  public static PublicPort plain(InetSocketAddress address, Parts parts) throws IOException {
    AgentPipelines agents = new AgentPipelines(parts.services(), parts.polls());
    return open(address, parts, "plain",
        (channel, arrival) -> channel.pipeline().addLast(new Router(new Door.Plain(), arrival, agents)),
        () -> {
        });
  }

  private static PublicPort open(InetSocketAddress address, Parts parts, String transport,
      BiConsumer<Channel, Arrival> furnish,
      Runnable afterwards) throws IOException {
    var bootstrap = new ServerBootstrap().group(parts.loops()).channelFactory(parts.sockets()::newServerChannel)
        .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childHandler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            Optional<Arrival> arrival = parts.arrivals().letIn(channel, transport);
            if (arrival.isEmpty()) {
              var _ = channel.close();
              return;
            }
            arrival.get().expect(parts.services().patience().firstRequest());
            furnish.accept(channel, arrival.get());
          }
        });
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      parts.sockets().keepSegmentsSmall(bootstrap);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("port " + address.getPort() + " of " + address.getHostString() + " cannot be opened: "
          + bound.cause().getMessage()
          + "; see whether another program has it, or whether this user may open ports below"
          + " 1024", bound.cause());
    }
    return new PublicPort(bound.channel(), afterwards);
  }

  /** The port that is open, the one the system chose if it was asked to. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Accepts nothing more; connections that are there stay. */
  public void stopAccepting() {
    listener.close().awaitUninterruptibly();
  }

  /** Accepts nothing more and forgets the key. */
  @Override
  public void close() {
    stopAccepting();
    afterwards.run();
  }
}
