package dev.sallyport.server.site;

import java.security.SecureRandom;
import java.time.InstantSource;

import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature; needs a {@link BundleSource} from whoever knows the server's addresses and keys. */
@Configuration(proxyBeanMethods = false)
public class SiteConfiguration {
  @Bean
  Sites sites(Store store, InstantSource clock) {
    return new Sites(store, clock);
  }

  @Bean
  SiteConnections siteConnections(Store store) {
    return new SiteConnections(store);
  }

  @Bean
  SiteController siteController(Sites sites, SiteConnections connections) {
    return new SiteController(sites, connections);
  }

  @Bean
  EnrolmentTokens enrolmentTokens(Store store, Vault vault, Sites sites, BundleSource source, InstantSource clock) {
    return new EnrolmentTokens(store, vault, sites, source, clock, new SecureRandom());
  }

  @Bean
  EnrolmentTokenController enrolmentTokenController(EnrolmentTokens tokens) {
    return new EnrolmentTokenController(tokens);
  }
}
