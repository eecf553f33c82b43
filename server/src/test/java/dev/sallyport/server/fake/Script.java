package dev.sallyport.server.fake;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;

/**
 * What a fake machine does when it is asked for an operation: writes these pieces and ends so.
 *
 * @param endless whether it then goes on until somebody cancels it or {@link FakeMachine#finish} is called
 */
public record Script(List<Piece> pieces, Outcome outcome, int exitCode, JsonObject value, boolean endless) {
  /** Something it writes. */
  public record Piece(OutputChannel channel, String text) {}

  /** Ends well and silently, having found something. */
  public static Script found(JsonObject value) {
    return new Script(List.of(), Outcome.DONE, 0, value, false);
  }

  /** Writes to standard output and ends well. */
  public static Script prints(String... texts) {
    var pieces = new ArrayList<Piece>();
    for (String text : texts) {
      pieces.add(new Piece(OutputChannel.STDOUT, text));
    }
    return new Script(pieces, Outcome.DONE, 0, JsonObject.EMPTY, false);
  }

  /** Also writes to standard error. */
  public Script andErrors(String text) {
    var more = new ArrayList<>(pieces);
    more.add(new Piece(OutputChannel.STDERR, text));
    return new Script(more, outcome, exitCode, value, endless);
  }

  /** Ends otherwise. */
  public Script ending(Outcome otherOutcome, int otherExitCode) {
    return new Script(pieces, otherOutcome, otherExitCode, value, endless);
  }

  /** Does not end by itself. */
  public Script forEver() {
    return new Script(pieces, outcome, exitCode, value, true);
  }
}
