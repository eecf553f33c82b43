package dev.sallyport.gateway.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.arrival.Arrivals;
import dev.sallyport.gateway.certificate.ServerCertificate;
import dev.sallyport.gateway.link.LinkServices;
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

/** The listening socket: counts connections in, then puts TLS and the router on each. */
public final class PublicPort implements AutoCloseable {
  /** Connections the kernel holds for us while we are busy; the system may allow fewer. */
  private static final int BACKLOG = 4_096;
  /** A channel with this much to write is given no more until it is down to the lower mark. */
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 512 << 10);

  private final SslContext tls;
  private final Channel listener;

  private PublicPort(SslContext tls, Channel listener) {
    this.tls = tls;
    this.listener = listener;
  }

  /**
   * Opens the port.
   *
   * @param loops carry all connections
   * @throws IOException if the port cannot be opened; the message says why and what to do
   */
  public static PublicPort open(InetSocketAddress address, ServerCertificate certificate, Sockets sockets,
      EventLoopGroup loops, Arrivals arrivals, LinkServices services, WebPart webPart)
      throws IOException {
    SslContext tls = TlsContexts.server(certificate, sockets);
    AgentPipeline agents = new AgentPipeline(services);
    ChannelFuture bound = new ServerBootstrap().group(loops).channelFactory(sockets::newServerChannel)
        .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childHandler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            Optional<Arrival> arrival = arrivals.letIn(channel);
            if (arrival.isEmpty()) {
              var _ = channel.close();
              return;
            }
            arrival.get().expect(services.patience().firstRequest());
            SslHandler encryption = tls.newHandler(channel.alloc());
            encryption.setHandshakeTimeoutMillis(0); // the first request is waited for as a whole, this included
            channel.pipeline().addLast(encryption, new Router(encryption, arrival.get(), agents, webPart));
          }
        }).bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      ReferenceCountUtil.release(tls);
      throw new IOException("port " + address.getPort() + " of " + address.getHostString() + " cannot be opened: "
          + bound.cause().getMessage()
          + "; see whether another program has it, or whether this user may open ports below"
          + " 1024", bound.cause());
    }
    return new PublicPort(tls, bound.channel());
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
    ReferenceCountUtil.release(tls);
  }
}
