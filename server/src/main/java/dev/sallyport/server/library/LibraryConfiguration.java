package dev.sallyport.server.library;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;

import dev.sallyport.server.action.Action;
import dev.sallyport.server.site.BundleSource;
import dev.sallyport.server.store.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class LibraryConfiguration {
  @Bean
  Libraries libraries(Store store, LibraryPlaces places, BundleSource identity, InstantSource clock)
      throws IOException {
    var libraries = new Libraries(store, new JarFiles(places.jars()), identity, clock);
    libraries.open();
    if (places.shipped().isPresent() && Files.isDirectory(places.shipped().get())) {
      new ShippedLibraries(libraries, identity).add(places.shipped().get());
    }
    return libraries;
  }

  @Bean
  Action libraryCallAction(Libraries libraries) {
    return new LibraryCallAction(libraries);
  }

  @Bean
  LibraryController libraryController(Libraries libraries) {
    return new LibraryController(libraries);
  }
}
