package dev.sallyport.server.directive;

import java.security.SecureRandom;
import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.route.OperatorStreams;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.directive.dispatch.DispatchLimits;
import dev.sallyport.server.directive.dispatch.Dispatcher;
import dev.sallyport.server.directive.dispatch.Pulse;
import dev.sallyport.server.directive.dispatch.Workshop;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.switchboard.Switchboard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. The dispatcher hears of every machine, because it listens before the gateway opens. */
@Configuration(proxyBeanMethods = false)
public class DirectiveConfiguration {
  @Bean
  Workshop workshop(Store store, Switchboard switchboard, Actions actions, ChangeFeed feed, InstantSource clock) {
    return new Workshop(store, switchboard, actions, feed::directive, clock, System::nanoTime);
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
  Caretaker caretaker(Store store, ChangeFeed feed, InstantSource clock) {
    return new Caretaker(new Housekeeping(store, feed::directive, clock));
  }

  @Bean
  Directives directives(Store store, Actions actions, Machines machines, Dispatcher dispatcher, Gate gate,
      ChangeFeed feed, InstantSource clock) {
    return new Directives(store, actions, machines, dispatcher, gate, feed::directive,
        new UuidV7(clock, new SecureRandom()), clock);
  }

  @Bean
  AnswerDesk answerDesk(Store store, ChangeFeed feed) {
    return new AnswerDesk(store, feed, System::nanoTime);
  }

  @Bean
  DirectiveController directiveController(Directives directives, AnswerDesk desk, InstantSource clock,
      Store store) {
    return new DirectiveController(directives, desk, clock, store);
  }

  @Bean
  OutputController outputController(Store store) {
    return new OutputController(store);
  }

  @Bean
  EventController eventController(Store store, Directives directives, Machines machines, ChangeFeed feed,
      OperatorStreams streams) {
    return new EventController(store, directives, machines, feed, streams);
  }
}
