package dev.sallyport.cli.action;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.directive.OrderGiver;
import dev.sallyport.cli.directive.OrderOptions;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives any action. */
@Command(name = "do", mixinStandardHelpOptions = true, sortOptions = false, description = "Gives an action to machines and shows what comes of it.", footer = {
    "", "`sallyport actions list` lists the actions, `sallyport actions show ACTION` tells what one takes.", "",
    "  sallyport do install-package --on 'web-*' packages=nginx,curl",
    "  sallyport do service --on web-3 service=nginx do=restart",
    "  sallyport do set-password --on web-3 user=anna password=-", "",
    "A list is separated by commas, or its name given several times. A secret is typed after NAME=-",
    "or read from the first line of NAME=@FILE; it does not belong on the command line."})
public final class DoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--on", paramLabel = "PATTERN", description = "Machines by name, where * and ? are wildcards, or one by its id (id:4f2a91c0). May be left out when there is only one.")
  private @Nullable String pattern;

  @Mixin
  private final OrderOptions options = new OrderOptions();

  @Option(names = "--detach", description = "Give the directive, print its id and do not wait.")
  private boolean detach;

  @Mixin
  private final JsonOption json = new JsonOption();

  @Parameters(index = "0", paramLabel = "ACTION", description = "What to do.")
  private String action = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME=VALUE", description = "What the action takes.")
  private List<String> arguments = List.of();

  public DoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    var given = new Arguments(arguments);
    try (ApiClient client = terminal.connect()) {
      JsonObject parameters = ActionParameters.of(Actions.find(client, action), given, terminal);
      return new OrderGiver(terminal, client, json.wanted(), true).give(options.order(action, parameters), pattern,
          detach);
    }
  }
}
