package dev.sallyport.gateway.edge;

import java.nio.charset.StandardCharsets;

import dev.sallyport.transport.poll.PollLane;
import dev.sallyport.transport.tcp.TcpFraming;
import io.netty.buffer.ByteBuf;

/** What the first bytes of a connection say about who is there. */
enum Opening {
  /** {@code GET /agent} followed by a space, {@code ?} or {@code /}: an agent that wants a WebSocket. */
  WEBSOCKET,
  /** {@code POST /slp/1/}: an agent's poll. */
  POLL,
  /** {@code SLP1} and a line feed: an agent's messages follow. */
  STREAM,
  /** Anything else. */
  OTHER,
  /** Too few bytes to tell. */
  UNDECIDED;

  private static final byte[] UPGRADE = ascii("GET " + AgentPipelines.WEBSOCKET_PATH);
  private static final byte[] POST = ascii("POST " + PollLane.ROOT);

  static Opening of(ByteBuf first) {
    boolean websocket = agrees(first, UPGRADE);
    boolean poll = agrees(first, POST);
    boolean stream = agrees(first, TcpFraming.preface());
    int known = first.readableBytes();
    if (websocket && known > UPGRADE.length) {
      int next = first.getByte(first.readerIndex() + UPGRADE.length);
      return next == ' ' || next == '?' || next == '/' ? WEBSOCKET : OTHER;
    }
    if (poll && known >= POST.length) {
      return POLL;
    }
    if (stream && known >= TcpFraming.preface().length) {
      return STREAM;
    }
    return websocket || poll || stream ? UNDECIDED : OTHER;
  }

  private static boolean agrees(ByteBuf first, byte[] pattern) {
    int known = Math.min(first.readableBytes(), pattern.length);
    for (int i = 0; i < known; i++) {
      if (first.getByte(first.readerIndex() + i) != pattern[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
