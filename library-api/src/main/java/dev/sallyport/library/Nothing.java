package dev.sallyport.library;

/** The only value of its type, see {@link Library#NOTHING}. */
enum Nothing {
  NOTHING
}
