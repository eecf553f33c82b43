package dev.sallyport.gateway.poll;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.transport.poll.PollBody;
import dev.sallyport.transport.poll.PollLane;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The end of the pipeline of a connection that carries polls: one request at a time, each gathered within the bound that its link has
 * earned, each answered once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // an answer that cannot be sent is asked for again
public final class PollRequests extends SimpleChannelInboundHandler<HttpObject> {
  /** What a stranger's first request may bring: a HELLO. */
  private static final int MAX_FIRST_BYTES = 4_096;
  private static final String HEX_DIGITS = "0123456789abcdef";
  /** How long the body of a request may take, on the slowest of lines. */
  private static final Duration BODY = Duration.ofSeconds(60);
  /** How long a connection may wait for its next request. */
  private static final Duration IDLE = Duration.ofSeconds(90);

  private final PollLinks links;
  private final Arrival arrival;
  private final Channel channel;
  private @Nullable Gathering gathering; // the request that comes in
  private @Nullable Answer pending; // the request that is answered by the link
  private boolean deaf;

  /** @param arrival this connection; from now on it is waited for here */
  public PollRequests(PollLinks links, Arrival arrival, Channel channel) {
    super(HttpObject.class);
    this.links = links;
    this.arrival = arrival;
    this.channel = channel;
    arrival.expect(links.services().patience().hello());
  }

  /** A request whose body is not complete. */
  private record Gathering(String link, PollLane lane, boolean keepAlive, ByteBuf body, int limit) {}

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (deaf) {
      return;
    }
    if (!part.decoderResult().isSuccess()) {
      refuse(HttpResponseStatus.BAD_REQUEST, RefusalReason.MALFORMED, "This is not a request in HTTP.");
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(request);
    }
    if (part instanceof HttpContent content && !deaf) {
      gather(content);
    }
  }

  private void begin(HttpRequest request) {
    String path = request.uri();
    PollLane lane = lane(path);
    if (pending != null || gathering != null) {
      refuse(HttpResponseStatus.BAD_REQUEST, RefusalReason.MALFORMED, "One request after the other.");
    } else if (request.headers().contains(HttpHeaderNames.ORIGIN)) {
      refuse(HttpResponseStatus.FORBIDDEN, RefusalReason.WEB_ORIGIN, "Web pages have no business here.");
    } else if (!request.method().equals(HttpMethod.POST) || lane == null) {
      refuse(HttpResponseStatus.NOT_FOUND, RefusalReason.MALFORMED, "There is nothing here.");
    } else {
      String link = path.substring(PollLane.ROOT.length(), PollLane.ROOT.length() + PollLane.LINK_DIGITS);
      PollLink known = links.find(link);
      boolean established = known != null && known.isEstablished();
      if (known != null && established) {
        known.carriedBy(arrival);
        arrival.expect(BODY);
      }
      gathering = new Gathering(link, lane, HttpUtil.isKeepAlive(request), Unpooled.buffer(0),
          established ? PollBody.MAX_BYTES : MAX_FIRST_BYTES);
    }
  }

  private static @Nullable PollLane lane(String path) {
    int nameAt = PollLane.ROOT.length();
    int wordAt = nameAt + PollLane.LINK_DIGITS;
    if (path.length() <= wordAt || !path.startsWith(PollLane.ROOT)) {
      return null;
    }
    for (int i = nameAt; i < wordAt; i++) {
      char digit = path.charAt(i);
      if (HEX_DIGITS.indexOf(digit) < 0) {
        return null;
      }
    }
    for (PollLane lane : PollLane.values()) {
      if (path.substring(wordAt).equals("/" + lane.word())) {
        return lane;
      }
    }
    return null;
  }

  private void gather(HttpContent content) {
    Gathering request = gathering;
    if (request == null) {
      return;
    }
    if (request.body().readableBytes() + content.content().readableBytes() > request.limit()) {
      refuse(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, RefusalReason.MALFORMED,
          "This is more than one request may bring.");
      return;
    }
    request.body().writeBytes(content.content());
    if (content instanceof LastHttpContent) {
      gathering = null;
      perform(request);
    }
  }

  private void perform(Gathering request) {
    byte[] body = new byte[request.body().readableBytes()];
    request.body().readBytes(body).release();
    var answer = new Answer(request.keepAlive());
    try {
      switch (request.lane()) {
        case UP -> up(request.link(), PollBody.Batch.decode(body), answer);
        case DOWN -> {
          PollBody.Ask ask = PollBody.Ask.decode(body);
          of(links.find(request.link()), answer, known -> known.down(ask, answer));
        }
        case END -> of(links.find(request.link()), answer, known -> known.end(answer));
      }
    } catch (ProtocolException e) {
      refuse(HttpResponseStatus.BAD_REQUEST, RefusalReason.MALFORMED, "This is not the body of a poll.");
    }
  }

  private void up(String id, PollBody.Batch batch, Answer answer) {
    PollLink link = links.find(id);
    boolean first = batch.first() == 0 && !batch.messages().isEmpty();
    if (link == null && first) {
      link = links.make(id, arrival.transport(), arrival.remote()).orElse(null);
      if (link == null) {
        answer.send(HttpResponseStatus.SERVICE_UNAVAILABLE, Unpooled.EMPTY_BUFFER);
        return;
      }
    }
    of(link, answer, known -> known.up(batch, answer));
  }

  private void of(@Nullable PollLink link, Answer answer, Consumer<PollLink> request) {
    if (link == null) {
      answer.gone();
    } else {
      arrival.expectNothing(); // from here on it is the link that is waited for, not the connection
      answer.link = link;
      pending = answer;
      request.accept(link);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Answer lost = pending;
    if (lost != null && lost.link != null) {
      lost.link.lost(lost);
    }
    release();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
  }

  private void release() {
    Gathering request = gathering;
    gathering = null;
    if (request != null) {
      request.body().release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close(); // a broken connection: the link goes on with another
  }

  private void refuse(HttpResponseStatus status, RefusalReason reason, String words) {
    deaf = true;
    release();
    links.services().refusals()
        .refused(
            new RefusedAttempt(reason, arrival.remote(), arrival.transport(), "", 0, 1, links.services().time().now()));
    FullHttpResponse answer = response(status, Unpooled.copiedBuffer(words + "\n", StandardCharsets.US_ASCII), false);
    answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  private static FullHttpResponse response(HttpResponseStatus status, ByteBuf body, boolean keepAlive) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store, no-transform")
        .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    return response;
  }

  /** The answer to one request, sent on the connection's own event loop. */
  private final class Answer implements Reply {
    private final boolean keepAlive;
    private @Nullable PollLink link;

    Answer(boolean keepAlive) {
      this.keepAlive = keepAlive;
    }

    @Override
    public void body(PollBody body) {
      send(HttpResponseStatus.OK, Unpooled.wrappedBuffer(body.encode()));
    }

    @Override
    public void gone() {
      send(HttpResponseStatus.GONE, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void stale() {
      send(HttpResponseStatus.CONFLICT, Unpooled.EMPTY_BUFFER);
    }

    private void send(HttpResponseStatus status, ByteBuf body) {
      if (channel.eventLoop().isShuttingDown()) {
        return;
      }
      channel.eventLoop().execute(() -> {
        pending = null;
        arrival.expect(IDLE);
        var sent = channel.writeAndFlush(response(status, body, keepAlive));
        if (!keepAlive) {
          sent.addListener(ChannelFutureListener.CLOSE);
        }
      });
    }
  }
}
