package dev.sallyport.gateway.edge;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.link.LinkServices;
import dev.sallyport.gateway.poll.PollLinks;
import dev.sallyport.gateway.poll.PollRequests;
import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.tcp.TcpFraming;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/** What an agent's bytes run through, for each way to begin. */
final class AgentPipelines {
  /** The subprotocol an agent must ask for. */
  static final String SUBPROTOCOL = "slp1";
  /** Where agents ask for a WebSocket. */
  static final String WEBSOCKET_PATH = "/agent";

  private static final int MAX_REQUEST_LINE = 1_024;
  private static final int MAX_HEADER_BYTES = 8_192;

  private static final int LENGTH_BYTES = 4;

  private final LinkServices services;
  private final PollLinks polls;
  private final WebSocketServerProtocolConfig webSocket = WebSocketServerProtocolConfig.newBuilder()
      .websocketPath(WEBSOCKET_PATH)
      .subprotocols(SUBPROTOCOL).decoderConfig(WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(TransportMessage.MAX_MESSAGE_BYTES).allowExtensions(false).withUTF8Validator(false)
          .build())
      .build();
  private final HttpDecoderConfig http = new HttpDecoderConfig().setMaxInitialLineLength(MAX_REQUEST_LINE)
      .setMaxHeaderSize(MAX_HEADER_BYTES);

  AgentPipelines(LinkServices services, PollLinks polls) {
    this.services = services;
    this.polls = polls;
  }

  /** HTTP until the upgrade, then WebSocket frames, whole messages, the conversation; what serves HTTP removes itself. */
  void webSocket(ChannelPipeline pipeline, Arrival arrival) {
    arrival.expect(services.patience().hello());
    pipeline.addLast(new HttpServerCodec(http), new WholeRequest(),
        new UpgradeGate(arrival, services.refusals(), services.time()),
        new WebSocketServerProtocolHandler(webSocket), new WebSocketFrameAggregator(TransportMessage.MAX_MESSAGE_BYTES),
        new WebSocketCarrier(services, arrival, pipeline.channel()));
  }

  /** HTTP, request after request. */
  void poll(ChannelPipeline pipeline, Arrival arrival, String transport) {
    arrival.speaks(transport);
    pipeline.addLast(new HttpServerCodec(http), new PollRequests(polls, arrival, pipeline.channel()));
  }

  /** The preface, then messages behind their lengths, the conversation. */
  void stream(ChannelPipeline pipeline, Arrival arrival, String transport) {
    pipeline.addLast(new Preface(),
        new LengthFieldBasedFrameDecoder(LENGTH_BYTES + TransportMessage.MAX_MESSAGE_BYTES, 0,
            LENGTH_BYTES, 0, LENGTH_BYTES));
    var carrier = new StreamCarrier(transport, services, arrival, pipeline.channel());
    pipeline.addLast(carrier);
    carrier.conversation().begin();
  }

  /** Takes the agent's preface off and says ours. */
  private static final class Preface extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf first = (ByteBuf) message;
      first.skipBytes(TcpFraming.preface().length);
      var _ = context.writeAndFlush(Unpooled.wrappedBuffer(TcpFraming.preface()));
      context.fireChannelRead(first);
      context.pipeline().remove(this);
    }
  }

  /** Waits for the end of a request; one with a larger body than any agent sends is answered at once and heard no further. */
  private static final class WholeRequest extends HttpObjectAggregator {
    WholeRequest() {
      super(MAX_HEADER_BYTES);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) throws Exception {
      HttpUtil.setKeepAlive(oversized, false);
      super.handleOversizedMessage(context, oversized);
    }
  }
}
