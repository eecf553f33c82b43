package dev.sallyport.server.transfer;

import dev.sallyport.server.action.Action;
import dev.sallyport.server.file.StoredFiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class TransferConfiguration {
  @Bean
  Action distributeFileAction(StoredFiles files) {
    return new DistributeFileAction(files);
  }

  @Bean
  Action collectFileAction(StoredFiles files) {
    return new CollectFileAction(files);
  }

  @Bean
  Action replaceExecutableAction(StoredFiles files) {
    return new ReplaceExecutableAction(files);
  }
}
