package dev.sallyport.server.directive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.server.directive.record.OutputChunk;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a run's output as the API shows it: text where the piece is text by itself, base64 where it is not.
 *
 * @param position of its first byte in the run's log, both streams together, from 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutputView(String machine, String stream, long position, @Nullable String text,
    @Nullable String base64) {
  /** Shows a piece. */
  static OutputView of(OutputChunk chunk) {
    String text = null;
    String base64 = null;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(chunk.bytes())).toString();
    } catch (CharacterCodingException _) {
      base64 = Base64.getEncoder().encodeToString(chunk.bytes());
    }
    return new OutputView(chunk.key().machine(), chunk.channel().word(), chunk.position(), text, base64);
  }
}
