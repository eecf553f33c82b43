package dev.sallyport.server.file;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A file as the API shows it.
 *
 * @param machine the id of the machine it was fetched from
 * @param path where on that machine it lay
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FileView(String id, String name, String sha256, long bytes, Instant created, String createdBy,
    @Nullable String machine, @Nullable String path, Instant expires) {

  static FileView of(StoredFile file) {
    return new FileView(file.id(), file.name(), file.sha256().hex(), file.bytes(), file.created(), file.createdBy(),
        file.origin().map(StoredFile.Origin::machine).orElse(null),
        file.origin().map(StoredFile.Origin::path).orElse(null),
        file.expires());
  }
}
