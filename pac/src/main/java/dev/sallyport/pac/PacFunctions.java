package dev.sallyport.pac;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.ScriptableObject;

/** The functions that every proxy script counts on, by the names they have had since Netscape Navigator 2.0. */
final class PacFunctions {
  private final Names names;
  private final TimeFunctions times;

  PacFunctions(Names names, Clock clock) {
    this.names = names;
    this.times = new TimeFunctions(clock);
  }

  /** One of them: words in, a value of JavaScript out. */
  private interface Body {
    @Nullable
    Object call(Words words);
  }

  /** Puts them into the script's own world. */
  void define(ScriptableObject scope) {
    define(scope, "isPlainHostName", words -> HostFunctions.isPlainHostName(words.at(0)));
    define(scope, "dnsDomainIs", words -> HostFunctions.dnsDomainIs(words.at(0), words.at(1)));
    define(scope, "localHostOrDomainIs", words -> HostFunctions.localHostOrDomainIs(words.at(0), words.at(1)));
    define(scope, "dnsDomainLevels", words -> HostFunctions.dnsDomainLevels(words.at(0)));
    define(scope, "shExpMatch", words -> HostFunctions.shExpMatch(words.at(0), words.at(1)));
    define(scope, "convert_addr", words -> (double) Math.max(0, HostFunctions.number(words.at(0))));
    define(scope, "isResolvable", words -> !address(words.at(0)).isEmpty());
    define(scope, "dnsResolve", words -> orNull(address(words.at(0))));
    define(scope, "isInNet", words -> HostFunctions.isInNet(address(words.at(0)), words.at(1), words.at(2)));
    define(scope, "myIpAddress", words -> names.own());
    define(scope, "weekdayRange", words -> times.weekdayRange(words.all()));
    define(scope, "dateRange", words -> times.dateRange(words.all()));
    define(scope, "timeRange", words -> times.timeRange(words.all()));
    define(scope, "alert", words -> null); // nobody is there to read it
  }

  private String address(String host) {
    return HostFunctions.number(host) >= 0 ? host : names.resolve(host);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static void define(ScriptableObject scope, String name, Body body) {
    scope.defineProperty(name,
        new LambdaFunction(scope, name, 0, (context, caller, self, arguments) -> body.call(new Words(arguments))),
        ScriptableObject.DONTENUM);
  }

  /** What a script calls a function with, as text; what is missing is empty. */
  private record Words(List<String> all) {
    Words(Object[] arguments) {
      this(texts(arguments));
    }

    private static List<String> texts(Object[] arguments) {
      var texts = new ArrayList<String>();
      for (Object argument : arguments) {
        texts.add(Context.toString(argument));
      }
      return texts;
    }

    String at(int index) {
      return index < all.size() ? all.get(index) : "";
    }
  }
}
