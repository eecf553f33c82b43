package dev.sallyport.gateway.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.sallyport.gateway.socket.Sockets;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;

/** The web part of the server, as it is reached: a Unix socket that only this user can open. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, and that ends the other
public final class WebPart {
  /** Bytes the kernel holds for the web part; small ones cost a system call for every 200 KB less. */
  private static final int SOCKET_BUFFER_BYTES = 512 << 10;
  /** A side that has this much to write stops the other's reading, and lets it go on at the lower mark. */
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 512 << 10);
  /** The longest path of a Unix socket that every system takes, in bytes. */
  private static final int MAX_PATH_BYTES = 103;

  private static final byte[] UNAVAILABLE = """
      HTTP/1.1 503 Service Unavailable
      Content-Type: text/plain; charset=utf-8
      Cache-Control: no-store
      Retry-After: 5
      Connection: close

      The Sallyport server is starting or stopping. Try again in a few seconds.
      """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

  private final Path socket;
  private final Sockets sockets;
  private final Set<Channel> relayed = ConcurrentHashMap.newKeySet();

  /** @param socket where the web part listens; it may come into being later */
  public WebPart(Path socket, Sockets sockets) {
    this.socket = socket;
    this.sockets = sockets;
  }

  /**
   * Whoever can open the socket can claim any client address, so its directory must be closed to others.
   *
   * @throws IOException if it is not, or if the path is too long for a Unix socket
   */
  public void requirePrivate() throws IOException {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new IOException("the path of the web part's socket, " + socket + ", is longer than " + MAX_PATH_BYTES
          + " bytes; choose a data directory with a shorter path");
    }
    Path directory = socket.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new IOException(
          "the directory of the web part's socket, " + socket + ", does not exist; make it with mode 0700");
    }
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(directory));
      others.removeAll(
          Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
      if (!others.isEmpty()) {
        throw new IOException(
            "other users can reach " + directory + ", where the web part's socket lies, and could claim to be"
                + " anybody there; correct it with: chmod 700 " + directory);
      }
    }
  }

  /**
   * Joins a client to the web part. Until that is done, whoever calls keeps collecting what the client sends: a client's
   * reading cannot be stopped at once, TLS records that are decrypted already still come.
   *
   * @param front the client; its reading is stopped already
   * @param router the handler to be replaced
   * @param tlsVersion of the client's connection
   * @param http1 whether the client can read an answer in HTTP/1.1
   * @param held takes what was collected; called when nothing more will be
   */
  public void join(Channel front, ChannelHandler router, String tlsVersion, boolean http1, Supplier<ByteBuf> held) {
    relayed.add(front);
    front.closeFuture().addListener(_ -> relayed.remove(front));
    new Bootstrap().group(front.eventLoop()).channelFactory(sockets::newUnixChannel)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true).option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES).option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .handler(new Relay(front)).connect(sockets.unixAddress(socket))
        .addListener((ChannelFutureListener) connected -> {
          Channel back = connected.channel();
          if (!front.isActive()) {
            back.close();
          } else if (!connected.isSuccess()) {
            unavailable(front, http1);
          } else {
            back.pipeline().addFirst(HAProxyMessageEncoder.INSTANCE);
            back.write(ProxyHeader.of(front, tlsVersion));
            back.pipeline().remove(HAProxyMessageEncoder.INSTANCE);
            back.writeAndFlush(held.get());
            front.pipeline().replace(router, null, new Relay(back));
            back.config().setAutoRead(true);
            front.config().setAutoRead(back.isWritable());
          }
        });
  }

  private static void unavailable(Channel front, boolean http1) {
    ByteBuf answer = http1 ? Unpooled.wrappedBuffer(UNAVAILABLE) : Unpooled.EMPTY_BUFFER;
    front.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  /** Ends all relayed connections. */
  public void close() {
    relayed.forEach(Channel::close);
  }

  /** Relayed connections now. */
  public int relayed() {
    return relayed.size();
  }
}
