package dev.sallyport.server.access;

import java.util.regex.Pattern;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;

/** Which machines a grant is for. */
public sealed interface Scope {
  /** Most characters of a tag. */
  int MAX_TAG_LENGTH = 64;

  /** What a tag may look like: no colon, so that it stays itself behind {@code tag:}. */
  Pattern TAG = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

  /** Whether a machine that stands there is one of them. */
  boolean covers(Place place);

  /** The word for it: {@code all}, {@code site:ID}, {@code tag:NAME} or {@code machine:ID}. */
  String word();

  /** All machines, those to come included, and what belongs to no machine: procedures, libraries, settings. */
  record All() implements Scope {
    @Override
    public boolean covers(Place place) {
      return true;
    }

    @Override
    public String word() {
      return "all";
    }
  }

  /** The machines of a site. */
  record OfSite(String site) implements Scope {
    @Override
    public boolean covers(Place place) {
      return place.site().equals(site);
    }

    @Override
    public String word() {
      return "site:" + site;
    }
  }

  /** The machines that have a tag now. */
  record Tagged(String tag) implements Scope {
    @Override
    public boolean covers(Place place) {
      return place.tags().contains(tag);
    }

    @Override
    public String word() {
      return "tag:" + tag;
    }
  }

  /** One machine. */
  record Only(String machine) implements Scope {
    @Override
    public boolean covers(Place place) {
      return place.machine().equals(machine);
    }

    @Override
    public String word() {
      return "machine:" + machine;
    }
  }

  /**
   * The scope of a word.
   *
   * @throws ProtocolException if it is none
   */
  static Scope ofWord(String word) {
    int colon = word.indexOf(':');
    String rest = word.substring(colon + 1);
    String kind = colon < 0 ? word : word.substring(0, colon);
    if (word.equals("all")) {
      return new All();
    }
    if (kind.equals("site") && isId(rest)) {
      return new OfSite(rest);
    }
    if (kind.equals("machine") && isId(rest)) {
      return new Only(rest);
    }
    if (kind.equals("tag") && TAG.matcher(rest).matches()) {
      return new Tagged(rest);
    }
    throw new ProtocolException("expected all, site:ID, tag:NAME or machine:ID");
  }

  private static boolean isId(String text) {
    return text.length() == Uuids.LENGTH && Uuids.startsWithUuid(text);
  }
}
