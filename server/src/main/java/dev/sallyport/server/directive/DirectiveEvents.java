package dev.sallyport.server.directive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import dev.sallyport.server.directive.record.DirectiveLog;
import dev.sallyport.server.directive.record.OutputChunk;
import dev.sallyport.server.event.ChangeWatch;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.EventSource;
import dev.sallyport.server.web.EventStream;

/**
 * One directive's events, read from the store: whoever comes back with the last number it saw misses nothing and sees nothing twice. The
 * watch only says that there is something to read.
 */
final class DirectiveEvents implements EventSource {
  private final Store store;
  private final ChangeWatch watch;
  private final String directive;
  private long sequence;
  private boolean more = true;

  /** @param after the last number the client saw, 0 for none */
  DirectiveEvents(Store store, ChangeWatch watch, String directive, long after) {
    this.store = store;
    this.watch = watch;
    this.directive = directive;
    this.sequence = after;
  }

  @Override
  public void next(EventStream stream, Duration atMost) throws IOException, InterruptedException {
    if (!more) {
      var changes = watch.take(atMost);
      if (!changes.directives().contains(directive) && !watch.overrun()) {
        return;
      }
    }
    DirectiveLog.Page page = store.read(sql -> new DirectiveLog(sql).after(directive, sequence));
    for (DirectiveLog.Entry entry : page.entries()) {
      String id = Long.toString(entry.sequence());
      switch (entry) {
        case DirectiveLog.Entry.Changed changed -> stream.send("run", id, RunView.of(changed.run()));
        case DirectiveLog.Entry.Wrote wrote -> stream.send("output", id, view(wrote.chunk()));
      }
    }
    sequence = page.upTo();
    more = !page.complete();
    if (page.ended()) {
      stream.send("end", Long.toString(sequence), Map.of());
      stream.end();
    }
  }

  /** Text where the piece is text by itself, base64 where it is not. */
  private static Map<String, Object> view(OutputChunk chunk) {
    String key = "text";
    String value;
    try {
      value = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(chunk.bytes())).toString();
    } catch (CharacterCodingException _) {
      key = "base64";
      value = Base64.getEncoder().encodeToString(chunk.bytes());
    }
    return Map.of("machine", chunk.key().machine(), "stream", chunk.channel().word(), key, value, "position",
        chunk.position());
  }
}
