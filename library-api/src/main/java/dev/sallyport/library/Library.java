package dev.sallyport.library;

/**
 * A library that an agent loads when one of its functions is asked for. The class that the manifest names implements this and has a public
 * constructor without parameters.
 *
 * <pre>{@code
 * public final class Greeter implements Library {
 *   @Override
 *   public Object call(Call call) {
 *     return switch (call.function()) {
 *       case "greet" -> "Hello, " + call.text(0);
 *       default -> throw call.unknownFunction();
 *     };
 *   }
 * }
 * }</pre>
 *
 * <p>It sees the JDK, this package and its own jar, and nothing of the agent. One object serves all calls of a version, several at once.
 * A version is closed and forgotten when another has taken its place and its last call has ended; what it has started by then (threads above
 * all) it ends in {@link #close}, or it stays in memory. When the agent's process ends, it is not asked.
 */
public interface Library extends AutoCloseable {
  /**
   * Does what was asked.
   *
   * @return what the manifest says the function returns: {@code String}, {@code Integer}, {@code Long}, {@code Double}, {@code Boolean} or
   *   {@code byte[]}; for the type {@code json} also a {@code List} or a {@code Map} with texts as keys of such values, at most 128 KiB as
   *   JSON; {@link #NOTHING} for {@code none}
   * @throws Exception to say that it failed; its message is shown to the operator
   */
  Object call(Call call) throws Exception;

  /** What a function returns that returns nothing; inside lists and maps the JSON value {@code null}. */
  Object NOTHING = Nothing.NOTHING;

  /** Ends what it has started; called once, after the last call. */
  @Override
  default void close() {
  }
}
