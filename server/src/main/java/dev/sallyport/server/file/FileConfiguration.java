package dev.sallyport.server.file;

import java.io.IOException;
import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.store.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class FileConfiguration {
  @Bean
  StoredFiles storedFiles(Store store, FilePlace place, InstantSource clock) throws IOException {
    var files = new StoredFiles(store, place.directory(), place.limits(), clock);
    files.open();
    return files;
  }

  @Bean(initMethod = "start")
  FileKeeper fileKeeper(StoredFiles files) {
    return new FileKeeper(files);
  }

  @Bean
  FileController fileController(StoredFiles files, Gate gate) {
    return new FileController(files, gate);
  }
}
