package dev.sallyport.gateway.socket;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The system's sockets and TLS: epoll and BoringSSL where they are (a third of the handshake's processor time), the JDK's
 * own elsewhere.
 */
public enum Sockets {
  /** Linux on x86-64 and AArch64. */
  NATIVE {
    @Override
    public EventLoopGroup newLoops(int threads) {
      return new MultiThreadIoEventLoopGroup(threads, names(), EpollIoHandler.newFactory());
    }

    @Override
    public ServerChannel newServerChannel() {
      return new EpollServerSocketChannel();
    }

    @Override
    public void keepSegmentsSmall(ServerBootstrap listener) {
      listener.option(LARGEST_SEGMENT, SMALL_SEGMENT);
    }

    @Override
    public Channel newUnixChannel() {
      return new EpollDomainSocketChannel();
    }

    @Override
    public SocketAddress unixAddress(Path path) {
      return new DomainSocketAddress(path.toFile());
    }

    @Override
    public SslProvider tls() {
      return SslProvider.OPENSSL_REFCNT;
    }
  },
  /** Everywhere else. */
  PORTABLE {
    @Override
    public EventLoopGroup newLoops(int threads) {
      return new MultiThreadIoEventLoopGroup(threads, names(), NioIoHandler.newFactory());
    }

    @Override
    public ServerChannel newServerChannel() {
      return new NioServerSocketChannel();
    }

    @Override
    public void keepSegmentsSmall(ServerBootstrap listener) {
      // Java has no way to say so
    }

    @Override
    public Channel newUnixChannel() {
      return new NioDomainSocketChannel();
    }

    @Override
    public SocketAddress unixAddress(Path path) {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public SslProvider tls() {
      return SslProvider.JDK;
    }
  };

  /** A buffer between TLS and socket that 2 KB of every idle connection would be spent on; without it nothing is slower. */
  private static final String BIO_BUFFER = "io.netty.handler.ssl.openssl.bioNonApplicationBufferSize";

  /** Bytes of a TCP segment that passes wherever IPv6 may be spoken: a packet of 1,280 bytes (RFC 8200 section 5) without both headers. */
  static final int SMALL_SEGMENT = 1_220;

  /** Of Linux, tcp(7): the system announces it to the other end, so it holds for both directions. */
  static final ChannelOption<Integer> LARGEST_SEGMENT = new IntegerUnixChannelOption("TCP_MAXSEG", 6, 2);

  /** The best this machine offers. */
  public static Sockets best() {
    if (System.getProperty(BIO_BUFFER) == null) {
      System.setProperty(BIO_BUFFER, "0"); // read when the TLS classes are first used, which is after this
    }
    return Epoll.isAvailable() && OpenSsl.isAvailable() ? NATIVE : PORTABLE;
  }

  /** Event loops, as many as said, on daemon threads. */
  public abstract EventLoopGroup newLoops(int threads);

  /** A channel that listens on TCP. */
  public abstract ServerChannel newServerChannel();

  /**
   * Makes all connections that a listener will accept keep to segments of {@link #SMALL_SEGMENT} bytes, both ways, where the system can. A
   * tunnel on somebody's way often swallows larger ones, and so does the firewall behind it with the message that says so (RFC 2923); then
   * a link would come about and stand still with its first long message.
   */
  public abstract void keepSegmentsSmall(ServerBootstrap listener);

  /** A channel for a connection to a Unix socket. */
  public abstract Channel newUnixChannel();

  /** A Unix socket's address, as {@link #newUnixChannel} wants it. */
  public abstract SocketAddress unixAddress(Path path);

  /** Whose TLS to use. */
  public abstract SslProvider tls();

  private static ThreadFactory names() {
    return new DefaultThreadFactory("gateway-loop", true);
  }
}
