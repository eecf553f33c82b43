package dev.sallyport.transport.ladder;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.proxy.DeadEnds;
import dev.sallyport.transport.proxy.RoutedDialer;
import dev.sallyport.transport.proxy.Routes;

/**
 * Every binding by every door it can come in by. All doors are tried by the best binding before any is tried by the next, so that the
 * ladder comes down only where nothing better passes.
 */
public final class Ladder implements Rungs {
  private final List<Binding> bindings;
  private final Routes routes;

  /**
   * @param bindings best first
   * @param routes found anew at every attempt
   */
  public Ladder(List<Binding> bindings, Routes routes) {
    this.bindings = List.copyOf(bindings);
    this.routes = routes;
  }

  @Override
  public List<Rung> to(List<ServerAddress> addresses, List<String> order) {
    var rungs = new ArrayList<Rung>();
    var deadEnds = new DeadEnds();
    for (Binding binding : inOrder(order)) {
      for (ServerAddress address : addresses) {
        if (binding.schemes().contains(address.scheme())) {
          rungs.add(new Rung(binding.transport(), address, new RoutedDialer(binding, routes, deadEnds)));
        }
      }
    }
    return rungs;
  }

  private List<Binding> inOrder(List<String> order) {
    var first = new ArrayList<Binding>();
    for (String word : order) {
      bindings.stream().filter(binding -> binding.transport().equals(word) && !first.contains(binding))
          .forEach(first::add);
    }
    bindings.stream().filter(binding -> !first.contains(binding)).forEach(first::add);
    return first;
  }
}
