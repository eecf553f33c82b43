package dev.sallyport.session.rolling;

import module java.base;

/**
 * What follows from an event: the new state in memory, and what is to be done, strictly in this order. A host that stops
 * between two effects, because it crashes, loses the rest and nothing else.
 *
 * @param <S> the state
 * @param <E> the effects
 */
public record Step<S, E>(S state, List<E> effects) {

  public Step {
    effects = List.copyOf(effects);
  }

  static <S, E> Step<S, E> nothing(S state) {
    return new Step<>(state, List.of());
  }
}
