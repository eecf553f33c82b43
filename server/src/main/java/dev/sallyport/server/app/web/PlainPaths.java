package dev.sallyport.server.app.web;

import java.util.BitSet;

import dev.sallyport.server.web.ProblemWriter;
import dev.sallyport.server.web.Problems;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets only paths through that can be read in one way: letters, digits and {@code - . _ ~} between single slashes, no
 * {@code .} or {@code ..}, nothing encoded, no parameters. No address of ours needs more, and every trick with a path
 * (T2, T5, T9, T14) needs something else; it finds nothing there.
 */
final class PlainPaths extends Handler.Wrapper {

  /** The longest path, in characters. */
  static final int MAX_PATH_CHARS = 1_024;

  private static final BitSet PLAIN = new BitSet();
  static {
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".chars().forEach(PLAIN::set);
  }

  private final ProblemWriter problems;

  PlainPaths(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    if (path != null && plain(path)) {
      return super.handle(request, response, callback);
    }
    JettyProblems.send(response, callback, Problems.noRoute(), problems);
    return true;
  }

  static boolean plain(String path) {
    if (path.isEmpty() || path.charAt(0) != '/' || path.length() > MAX_PATH_CHARS) {
      return false;
    }
    int segment = 0; // characters since the last slash
    boolean dots = true; // only dots since then
    for (int i = 1; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/') {
        if (segment == 0 || dots) {
          return false;
        }
        segment = 0;
        dots = true;
      } else if (PLAIN.get(c)) {
        segment++;
        dots &= c == '.';
      } else {
        return false;
      }
    }
    return segment == 0 || !dots;
  }
}
