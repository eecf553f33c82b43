package dev.sallyport.server.access;

import java.util.Set;

/**
 * Where a machine stands, as far as rights care.
 *
 * @param machine its id
 * @param site the id of the site it belongs to
 * @param tags what operators call it
 */
public record Place(String machine, String site, Set<String> tags) {
  public Place {
    tags = Set.copyOf(tags);
  }
}
