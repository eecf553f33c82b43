package dev.sallyport.server.schedule;

import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.directive.Directives;
import dev.sallyport.server.store.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class ScheduleConfiguration {
  @Bean
  Schedules schedules(Store store, Directives directives, Actions actions, Gate gate, InstantSource clock) {
    return new Schedules(store, directives, actions, gate, clock);
  }

  @Bean
  Scheduler scheduler(Store store, Directives directives, Grants grants, InstantSource clock) {
    return new Scheduler(store, directives, grants, clock);
  }

  @Bean(initMethod = "start")
  ScheduleTimer scheduleTimer(Scheduler scheduler) {
    return new ScheduleTimer(scheduler);
  }

  @Bean
  ScheduleController scheduleController(Schedules schedules, Gate gate, InstantSource clock) {
    return new ScheduleController(schedules, gate, clock);
  }
}
