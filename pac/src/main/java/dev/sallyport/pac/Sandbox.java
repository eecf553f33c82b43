package dev.sallyport.pac;

import java.time.Duration;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * Runs a script with the functions of proxy scripts and nothing else: no class of Java is visible to it, it is interpreted and not
 * compiled, and its steps are counted. Its memory is bounded by the process.
 */
final class Sandbox {
  private static final String ENTRY = "FindProxyForURL";
  private static final int STEPS_BETWEEN_LOOKS = 10_000;
  private static final int MAX_DEPTH = 500;

  private final PacFunctions functions;
  private final Duration time;

  Sandbox(PacFunctions functions, Duration time) {
    this.functions = functions;
    this.time = time;
  }

  /** @throws ScriptFailure if it comes to no answer */
  String findProxy(String script, String url, String host) throws ScriptFailure {
    try {
      return new Bounded(System.nanoTime() + time.toNanos()).call(context -> {
        ScriptableObject scope = context.initSafeStandardObjects();
        scope.delete("Continuation"); // Rhino's own, and no part of JavaScript
        functions.define(scope);
        context.evaluateString(scope, script, "proxy script", 1, null);
        if (!(scope.get(ENTRY, scope) instanceof Function entry)) {
          return Missing.ENTRY;
        }
        Object found = entry.call(context, scope, scope, new Object[]{url, host});
        return found == null || Undefined.isUndefined(found) ? "" : Context.toString(found);
      }) instanceof String answer ? answer : missing();
    } catch (OutOfTime e) {
      throw new ScriptFailure("it did not end within " + time.toSeconds() + " s", e);
    } catch (RhinoException e) {
      throw new ScriptFailure("it fails in line " + e.lineNumber() + ": " + oneLine(e.details()), e);
    } catch (StackOverflowError e) {
      throw new ScriptFailure("it calls itself too deep", e);
    }
  }

  private static String missing() throws ScriptFailure {
    throw new ScriptFailure("it has no function " + ENTRY);
  }

  private static String oneLine(String details) {
    return details.replace('\n', ' ').replace('\r', ' ');
  }

  private enum Missing {
    ENTRY
  }

  /** An error, so that no script can catch it. */
  private static final class OutOfTime extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class Bounded extends ContextFactory {
    private final long endNanos;

    Bounded(long endNanos) {
      this.endNanos = endNanos;
    }

    @Override
    protected Context makeContext() {
      Context context = super.makeContext();
      context.setInterpretedMode(true);
      context.setLanguageVersion(Context.VERSION_ES6);
      context.setInstructionObserverThreshold(STEPS_BETWEEN_LOOKS);
      context.setMaximumInterpreterStackDepth(MAX_DEPTH);
      context.setClassShutter(name -> false);
      return context;
    }

    @Override
    protected void observeInstructionCount(Context context, int count) {
      if (System.nanoTime() - endNanos > 0) {
        throw new OutOfTime();
      }
    }
  }
}
