package dev.sallyport.server.machine;

import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.audit.Audit;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.site.EnrolmentTokens;
import dev.sallyport.server.site.SiteConnections;
import dev.sallyport.server.site.Sites;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Vault;
import dev.sallyport.server.switchboard.LocalSwitchboard;
import dev.sallyport.server.switchboard.Switchboard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature; the {@link MachineDirectory} and the {@link LocalSwitchboard} are what a gateway is given. */
@Configuration(proxyBeanMethods = false)
public class MachineConfiguration {
  @Bean
  LocalSwitchboard switchboard() {
    return new LocalSwitchboard();
  }

  @Bean
  ChangeFeed changeFeed() {
    return new ChangeFeed();
  }

  @Bean
  LinkIncidents linkIncidents(Store store, Switchboard switchboard, ChangeFeed feed, InstantSource clock,
      Audit audit) {
    return new LinkIncidents(store, switchboard, feed, clock, audit);
  }

  @Bean
  MachineDirectory machineDirectory(Store store, Vault vault, EnrolmentTokens tokens,
      SiteConnections connections, LinkIncidents incidents, InstantSource clock, Audit audit) {
    return new MachineDirectory(store, vault, tokens, connections, incidents, clock, audit);
  }

  @Bean
  LinkRecorder linkRecorder(Store store, Switchboard switchboard, ChangeFeed feed, InstantSource clock) {
    var recorder = new LinkRecorder(store, feed, clock);
    switchboard.listen(recorder);
    return recorder;
  }

  @Bean
  ConnectionAdviser connectionAdviser(Store store, SiteConnections connections, Switchboard switchboard) {
    var adviser = new ConnectionAdviser(store, connections, switchboard);
    switchboard.listen(adviser);
    connections.listen(adviser);
    return adviser;
  }

  @Bean
  Tags tags(Store store) {
    return new Tags(store);
  }

  @Bean
  Machines machines(Store store, Switchboard switchboard, Sites sites, Tags tags, ChangeFeed feed,
      InstantSource clock) {
    return new Machines(store, switchboard, sites, tags, feed, clock);
  }

  @Bean
  MachineController machineController(Machines machines, LinkIncidents incidents, Gate gate) {
    return new MachineController(machines, incidents, gate);
  }
}
