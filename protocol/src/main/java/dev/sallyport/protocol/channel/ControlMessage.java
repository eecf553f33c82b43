package dev.sallyport.protocol.channel;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** One message of the control stream: a JSON object with its type in {@code "t"}, alone in one DATA frame. */
public sealed interface ControlMessage permits AgentMessage, ServerMessage {
  /** Most bytes of a message: 60 KiB. */
  int MAX_BYTES = 60 << 10;

  /** Returns the form it travels in. */
  JsonObject toJson();

  /**
   * Returns the bytes it travels in.
   *
   * @throws ProtocolException if they are more than {@link #MAX_BYTES}
   */
  default byte[] encode() {
    byte[] bytes = toJson().bytes();
    if (bytes.length > MAX_BYTES) {
      throw new ProtocolException("control message: expected at most " + MAX_BYTES + " bytes, found " + bytes.length);
    }
    return bytes;
  }
}
