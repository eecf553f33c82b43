package dev.sallyport.server.directive.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.server.action.Bulk;
import dev.sallyport.server.action.Series;

/**
 * What a run's action does with much data. A series that changes something leaves a note when it is complete: by then the machine has been
 * told to forget its steps, so they must not be asked for again when the action is run again.
 */
final class BulkCalls implements Bulk {
  private final Carrier carrier;

  BulkCalls(Carrier carrier) {
    this.carrier = carrier;
  }

  @Override
  public String mark() {
    return carrier.key().directive() + "/" + carrier.key().machine() + "/" + carrier.takeSteps(0);
  }

  @Override
  public void series(Series series) {
    int base = carrier.takeSteps(series.count());
    boolean changes = series.operation(0).effect() == Effect.CHANGE;
    if (changes && carrier.notes().find(base).isPresent()) {
      return;
    }
    new SeriesCalls(carrier, series, base).run();
    if (changes) {
      carrier.notes().add(base, JsonObject.EMPTY);
    }
  }

  @Override
  public void tell(String line) {
    carrier.tell((line + "\n").getBytes(UTF_8));
  }

  @Override
  public OperationResult tidy(Operation operation) {
    return carrier.tidy(operation);
  }
}
