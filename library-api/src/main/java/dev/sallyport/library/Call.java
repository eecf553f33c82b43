package dev.sallyport.library;

import java.util.List;
import java.util.function.Consumer;

/** One call of a function. The parameters are as many, and of the types, as the manifest says. */
public final class Call {
  private final String function;
  private final List<Object> parameters;
  private final Consumer<String> output;

  /**
   * @param parameters of the types {@code String}, {@code Integer}, {@code Long}, {@code Double}, {@code Boolean} and {@code byte[]}
   * @param output takes lines for the operator
   */
  public Call(String function, List<Object> parameters, Consumer<String> output) {
    this.function = function;
    this.parameters = List.copyOf(parameters);
    this.output = output;
  }

  /** The name of the function, as in the manifest. */
  public String function() {
    return function;
  }

  /** How many parameters there are. */
  public int count() {
    return parameters.size();
  }

  /** A parameter of the type {@code text}, counted from 0. */
  public String text(int index) {
    return (String) parameters.get(index);
  }

  /** A parameter of the type {@code int}. */
  public int integer(int index) {
    return (Integer) parameters.get(index);
  }

  /** A parameter of the type {@code long}. */
  public long whole(int index) {
    return (Long) parameters.get(index);
  }

  /** A parameter of the type {@code double}. */
  public double real(int index) {
    return (Double) parameters.get(index);
  }

  /** A parameter of the type {@code boolean}. */
  public boolean truth(int index) {
    return (Boolean) parameters.get(index);
  }

  /** A parameter of the type {@code bytes}; a copy. */
  public byte[] bytes(int index) {
    return ((byte[]) parameters.get(index)).clone();
  }

  /** Shows the operator a line at once, while the call goes on. What is beyond the order's limit of output is dropped. */
  public void print(String line) {
    output.accept(line);
  }

  /**
   * Whether the call was cancelled or has taken too long. A function that works for longer than a moment asks now and then, and throws {@link
   * InterruptedException}; one that blocks is interrupted anyway.
   */
  public boolean cancelled() {
    return Thread.currentThread().isInterrupted();
  }

  /** What to throw for a function that the manifest names and the code does not know. */
  public IllegalArgumentException unknownFunction() {
    return new IllegalArgumentException("the library does not know its own function " + function);
  }
}
