package dev.sallyport.server.review;

import dev.sallyport.server.audit.AuditIndex;
import dev.sallyport.server.audit.AuditLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class ReviewConfiguration {
  @Bean
  RouteRecorder routeRecorder(AuditLog audit, JsonMapper json) {
    return new RouteRecorder(audit, json);
  }

  @Bean
  AuditController auditController(AuditLog log, AuditIndex index, JsonMapper json) {
    return new AuditController(log, index, json);
  }

  @Bean
  TileController tileController(AuditLog log) {
    return new TileController(log);
  }
}
