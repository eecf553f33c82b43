package dev.sallyport.server.audit;

import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.store.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature; needs an {@link AuditLog} from whoever knows where it lies and who signs. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {
  @Bean(initMethod = "start")
  AuditIndex auditIndex(AuditLog log, Store store) {
    return new AuditIndex(log, store);
  }

  @Bean(initMethod = "start")
  OutboxFeeder outboxFeeder(AuditLog log, AuditIndex index, Store store, ChangeFeed feed) {
    return new OutboxFeeder(log, index, store, feed);
  }
}
