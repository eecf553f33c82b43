package dev.sallyport.server.action;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import org.springframework.stereotype.Component;

/** Asks a machine what it is, in five questions, and makes one answer of them. */
@Component
final class MachineSummaryAction implements Action {
  private static final ActionDescription DESCRIPTION = new ActionDescription("machine-summary", "Summarise the machine",
      "Host, operating system, kernel, start of the system, processors, memory, disks and addresses. Changes nothing.",
      ActionClass.READ, List.of());

  /** One part of the summary and where it comes from. */
  private record Part(String name, Operation operation) {}

  private static final List<Part> PARTS = List.of(new Part("host", new HostOperation.Properties()),
      new Part("processors", new HostOperation.Processors()), new Part("memory", new HostOperation.Memory()),
      new Part("disks", new HostOperation.Disks()), new Part("addresses", new HostOperation.Addresses()));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  /** A part that the machine cannot tell is left out and named under {@code unsupported}; any other failure ends the summary. */
  @Override
  public JsonObject run(ActionContext context) {
    var summary = JsonObject.builder();
    var unsupported = new ArrayList<String>();
    for (Part part : PARTS) {
      OperationResult result = context.attempt(part.operation());
      if (result.outcome() == Outcome.DONE) {
        summary.put(part.name(), result.value());
      } else if (result.outcome() == Outcome.UNSUPPORTED) {
        unsupported.add(part.name());
      } else {
        throw new OperationEndedException(part.operation(), result);
      }
    }
    if (!unsupported.isEmpty()) {
      summary.putStrings("unsupported", unsupported);
    }
    return summary.build();
  }
}
