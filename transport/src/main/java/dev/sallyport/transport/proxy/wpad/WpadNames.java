package dev.sallyport.transport.proxy.wpad;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * The names at which a domain offers its script. Whoever owns such a name chooses the proxy, so none is asked that a stranger could own:
 *
 * <ul>
 * <li>a domain of this machine is asked itself if it has two labels or more;
 * <li>going up from it ends where three labels are left, and four below a top level of two letters, since names such as {@code co.uk} and
 * {@code city.kawasaki.jp} are handed out to anybody. Nothing at the edge is asked rather than too much.
 * </ul>
 */
final class WpadNames {
  private static final int FEWEST_OWN = 2;
  private static final int FEWEST_ABOVE = 3;
  private static final int FEWEST_ABOVE_COUNTRY = 4;
  private static final int COUNTRY_LENGTH = 2;
  private static final int MAX_DOMAIN_LENGTH = 253;

  /** Most names that are asked. */
  static final int MAX = 8;

  private WpadNames() {
  }

  /** @param domains of this machine, as somebody wrote them */
  static List<String> of(List<String> domains) {
    var names = new LinkedHashSet<String>();
    for (String domain : domains) {
      String own = domain.strip().toLowerCase(Locale.ROOT);
      own = own.endsWith(".") ? own.substring(0, own.length() - 1) : own;
      if (isDomain(own)) {
        List<String> labels = List.of(own.split("\\.", -1));
        int fewest = labels.getLast().length() == COUNTRY_LENGTH ? FEWEST_ABOVE_COUNTRY : FEWEST_ABOVE;
        for (int first = 0; first == 0 || labels.size() - first >= fewest; first++) {
          names.add("wpad." + String.join(".", labels.subList(first, labels.size())));
        }
      }
    }
    return names.stream().limit(MAX).toList();
  }

  private static boolean isDomain(String text) {
    if (text.length() > MAX_DOMAIN_LENGTH || text.split("\\.", -1).length < FEWEST_OWN) {
      return false;
    }
    for (String label : text.split("\\.", -1)) {
      if (label.isEmpty() || !label.chars().allMatch(WpadNames::isLetter)) {
        return false;
      }
    }
    String last = text.substring(text.lastIndexOf('.') + 1);
    return !last.chars().allMatch(sign -> sign >= '0' && sign <= '9'); // an address
  }

  private static boolean isLetter(int sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '-' || sign == '_';
  }

  static List<URI> scripts(List<String> names) {
    var scripts = new ArrayList<URI>();
    for (String name : names) {
      scripts.add(URI.create("http://" + name + "/wpad.dat"));
    }
    return scripts;
  }
}
