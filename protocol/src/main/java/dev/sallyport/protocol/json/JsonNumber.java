package dev.sallyport.protocol.json;

import dev.sallyport.protocol.ProtocolException;

/** A JSON number: a whole one within {@code long}, or one with a fraction or exponent within {@code double}. */
public sealed interface JsonNumber extends Json {

  /** Returns the value as {@code double}, rounded if it is a whole number beyond 2^53. */
  double asDouble();

  /** A number written without fraction and exponent. */
  record Whole(long value) implements JsonNumber {
    @Override
    public double asDouble() {
      return value;
    }

    @Override
    public void write(JsonWriter out) {
      out.whole(value);
    }
  }

  /** A number written with a fraction or an exponent; always finite. */
  record Real(double value) implements JsonNumber {
    /** Refuses what JSON cannot write. */
    public Real {
      if (!Double.isFinite(value)) {
        throw new ProtocolException("a JSON number must be finite");
      }
    }

    @Override
    public double asDouble() {
      return value;
    }

    @Override
    public void write(JsonWriter out) {
      out.ascii(Double.toString(value));
    }
  }
}
