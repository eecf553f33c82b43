package dev.sallyport.server.directive;

import java.security.SecureRandom;
import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Warrants;
import dev.sallyport.server.access.route.OperatorStreams;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.audit.AuditLog;
import dev.sallyport.server.directive.dispatch.BatchKeeper;
import dev.sallyport.server.directive.dispatch.DispatchLimits;
import dev.sallyport.server.directive.dispatch.Dispatcher;
import dev.sallyport.server.directive.dispatch.Pulse;
import dev.sallyport.server.directive.dispatch.Workshop;
import dev.sallyport.server.directive.queue.Cancels;
import dev.sallyport.server.directive.queue.Queue;
import dev.sallyport.server.directive.queue.QueueController;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Vault;
import dev.sallyport.server.switchboard.Switchboard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. The dispatcher listens to the switchboard before a gateway can deliver the first link. */
@Configuration(proxyBeanMethods = false)
public class DirectiveConfiguration {
  @Bean
  Workshop workshop(Store store, Vault vault, Switchboard switchboard, Actions actions, AnswerDesk desk,
      Warrants warrants, InstantSource clock) {
    return new Workshop(store, vault, switchboard, actions, desk, warrants, clock, System::nanoTime);
  }

  @Bean
  Dispatcher dispatcher(Workshop workshop, Switchboard switchboard) {
    var dispatcher = new Dispatcher(workshop, DispatchLimits.DEFAULT);
    switchboard.listen(dispatcher);
    return dispatcher;
  }

  @Bean(initMethod = "start")
  Pulse pulse(Workshop workshop, Dispatcher dispatcher) {
    return new Pulse(workshop, dispatcher);
  }

  @Bean(initMethod = "start")
  BatchKeeper batchKeeper(Workshop workshop, Dispatcher dispatcher, ChangeFeed feed) {
    return new BatchKeeper(workshop, dispatcher, feed);
  }

  @Bean
  Directives directives(Workshop workshop, Machines machines, Dispatcher dispatcher, BatchKeeper keeper, Gate gate,
      AuditLog audit) {
    return new Directives(workshop, machines, dispatcher, keeper, gate,
        new UuidV7(workshop.clock(), new SecureRandom()), audit);
  }

  @Bean(initMethod = "settle")
  Unrecorded unrecorded(AuditLog audit, Store store) {
    return new Unrecorded(audit, store);
  }

  @Bean
  Cancels cancels(Workshop workshop, Dispatcher dispatcher, Gate gate) {
    return new Cancels(workshop, dispatcher, gate);
  }

  @Bean
  Queue queue(Store store, Switchboard switchboard, InstantSource clock) {
    return new Queue(store, switchboard, clock);
  }

  @Bean
  QueueController queueController(Queue queue, Cancels cancels, Machines machines, Gate gate) {
    return new QueueController(queue, cancels, machines, gate);
  }

  @Bean
  DirectiveQueries directiveQueries(Store store) {
    return new DirectiveQueries(store);
  }

  @Bean(initMethod = "start")
  Caretaker caretaker(Workshop workshop) {
    return new Caretaker(new Housekeeping(workshop.store(), workshop.changes(), workshop.clock()));
  }

  @Bean
  AnswerDesk answerDesk(Store store, ChangeFeed feed) {
    return new AnswerDesk(store, feed, System::nanoTime);
  }

  @Bean
  DirectiveController directiveController(Directives directives, Cancels cancels, DirectiveQueries queries,
      AnswerDesk desk,
      Gate gate, InstantSource clock) {
    return new DirectiveController(directives, cancels, queries, desk, gate, clock);
  }

  @Bean
  OutputController outputController(DirectiveQueries queries, Gate gate) {
    return new OutputController(queries, gate);
  }

  @Bean
  EventController eventController(OperatorStreams streams, Store store, ChangeFeed feed, DirectiveQueries queries,
      Machines machines, Gate gate) {
    return new EventController(streams, store, feed, queries, machines, gate);
  }
}
