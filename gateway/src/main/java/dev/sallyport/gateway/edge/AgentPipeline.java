package dev.sallyport.gateway.edge;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.link.AgentHandler;
import dev.sallyport.gateway.link.LinkServices;
import dev.sallyport.protocol.message.TransportMessage;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/** What an agent's bytes run through: HTTP until the upgrade, then WebSocket frames, whole messages, the conversation. */
final class AgentPipeline {
  /** The subprotocol an agent must ask for. */
  static final String SUBPROTOCOL = "slp1";
  /** The one path of agents. */
  static final String PATH = "/agent";

  private static final int MAX_REQUEST_LINE = 1_024;
  private static final int MAX_HEADER_BYTES = 8_192;

  private final LinkServices services;
  private final WebSocketServerProtocolConfig webSocket = WebSocketServerProtocolConfig.newBuilder().websocketPath(PATH)
      .subprotocols(SUBPROTOCOL).decoderConfig(WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(TransportMessage.MAX_MESSAGE_BYTES).allowExtensions(false).withUTF8Validator(false)
          .build())
      .build();
  private final HttpDecoderConfig http = new HttpDecoderConfig().setMaxInitialLineLength(MAX_REQUEST_LINE)
      .setMaxHeaderSize(MAX_HEADER_BYTES);

  AgentPipeline(LinkServices services) {
    this.services = services;
  }

  /** Behind TLS; what serves HTTP removes itself once the upgrade is done. */
  void install(ChannelPipeline pipeline, Arrival arrival) {
    arrival.expect(services.patience().hello());
    pipeline.addLast(new HttpServerCodec(http), new WholeRequest(),
        new UpgradeGate(arrival, services.refusals(), services.time()),
        new WebSocketServerProtocolHandler(webSocket), new WebSocketFrameAggregator(TransportMessage.MAX_MESSAGE_BYTES),
        new AgentHandler(services, arrival));
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
