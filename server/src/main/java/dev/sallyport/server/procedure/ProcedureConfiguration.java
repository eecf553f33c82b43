package dev.sallyport.server.procedure;

import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.store.Store;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. Running a procedure is an action and needs all actions, so it asks for them late. */
@Configuration(proxyBeanMethods = false)
public class ProcedureConfiguration {
  @Bean
  Procedures procedures(Store store, ObjectProvider<Actions> actions, Gate gate, InstantSource clock) {
    return new Procedures(store, actions::getObject, gate, clock);
  }

  @Bean
  ProcedureAction procedureAction(Procedures procedures, ObjectProvider<Actions> actions) {
    return new ProcedureAction(procedures, actions::getObject);
  }

  @Bean
  ProcedureController procedureController(Procedures procedures) {
    return new ProcedureController(procedures);
  }
}
