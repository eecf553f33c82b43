package dev.sallyport.cli.directive;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.ApiException;
import dev.sallyport.cli.api.UnreachableException;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;

/** While it is open, an interrupt (Ctrl-C) cancels the directive before this process ends. */
final class CancelOnInterrupt implements AutoCloseable {
  private final Thread hook;
  private final AtomicBoolean armed = new AtomicBoolean(true);

  private CancelOnInterrupt(Terminal terminal, ApiClient client, String id) {
    this.hook = new Thread(() -> cancel(terminal, client, id), "cancel-on-interrupt");
  }

  static CancelOnInterrupt arm(Terminal terminal, ApiClient client, String id) {
    var cancel = new CancelOnInterrupt(terminal, client, id);
    Runtime.getRuntime().addShutdownHook(cancel.hook);
    return cancel;
  }

  private void cancel(Terminal terminal, ApiClient client, String id) {
    if (!armed.get()) {
      return;
    }
    try {
      client.post(Directive.path(id) + "/cancel", JsonObject.EMPTY);
      terminal.note("sallyport: cancelled " + id);
    } catch (ApiException | UnreachableException e) {
      terminal.note("sallyport: could not cancel " + id + " (" + e.getMessage() + "); try `sallyport directive cancel "
          + id + "`");
    }
  }

  /** The directive has ended: the end of this process is no reason to cancel any more. */
  @Override
  public void close() {
    armed.set(false);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already, and the hook has seen that it is disarmed or did its work.
      return;
    }
  }
}
