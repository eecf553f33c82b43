package dev.sallyport.server.access;

import java.util.Optional;

/** Knows where machines stand. Asked for every machine that somebody with limited rights would see, so it answers from memory. */
@FunctionalInterface
public interface Places {
  /** The machine's place as it is now; empty if there is no such machine. */
  Optional<Place> of(String machine);
}
