package dev.sallyport.server.inventory;

import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.store.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class InventoryConfiguration {
  @Bean
  Stocktaking stocktaking(Store store, InstantSource clock) {
    return new Stocktaking(store, clock);
  }

  @Bean
  Action inventoryAction(Stocktaking stocktaking) {
    return new InventoryAction(stocktaking);
  }

  @Bean
  InventoryController inventoryController(Machines machines, Store store, Gate gate) {
    return new InventoryController(machines, new Inventories(store), gate);
  }
}
