package dev.sallyport.gateway.edge;

import java.nio.charset.StandardCharsets;

import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.gateway.admission.RefusalLog;
import dev.sallyport.gateway.arrival.Arrival;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Lets one right request for a WebSocket pass, and answers any other in words. A request with an Origin header comes from a
 * web page, in whatever browser an operator has open; agents send none (T18).
 */
@SuppressWarnings("FutureReturnValueIgnored") // the answer to a stranger may fail
final class UpgradeGate extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Arrival arrival;
  private final RefusalLog refusals;
  private final TimeSource time;

  UpgradeGate(Arrival arrival, RefusalLog refusals, TimeSource time) {
    super(FullHttpRequest.class);
    this.arrival = arrival;
    this.refusals = refusals;
    this.time = time;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      refuse(context, HttpResponseStatus.BAD_REQUEST, RefusalReason.MALFORMED, "This is not a request in HTTP.");
    } else if (request.headers().contains(HttpHeaderNames.ORIGIN)) {
      refuse(context, HttpResponseStatus.FORBIDDEN, RefusalReason.WEB_ORIGIN, "Web pages have no business here.");
    } else if (!request.method().equals(HttpMethod.GET) || !request.uri().equals(AgentPipelines.WEBSOCKET_PATH)) {
      refuse(context, HttpResponseStatus.NOT_FOUND, RefusalReason.MALFORMED, "There is nothing here.");
    } else if (!request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      refuse(context, HttpResponseStatus.UPGRADE_REQUIRED, RefusalReason.MALFORMED,
          "Agents connect here, by WebSocket. People find the console at /");
    } else if (!request.headers().containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, AgentPipelines.SUBPROTOCOL,
        false)) {
      refuse(context, HttpResponseStatus.BAD_REQUEST, RefusalReason.MALFORMED,
          "Only the WebSocket subprotocol " + AgentPipelines.SUBPROTOCOL + " is spoken here.");
    } else {
      context.fireChannelRead(request.retain());
      context.pipeline().remove(this);
    }
  }

  private void refuse(ChannelHandlerContext context, HttpResponseStatus status, RefusalReason reason, String words) {
    refusals.refused(new RefusedAttempt(reason, arrival.remote(), WebSocketCarrier.TRANSPORT, "", 0, 1, time.now()));
    FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status,
        Unpooled.copiedBuffer(words + "\n", StandardCharsets.US_ASCII));
    answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      answer.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }
    context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }
}
