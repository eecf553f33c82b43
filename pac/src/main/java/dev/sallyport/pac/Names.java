package dev.sallyport.pac;

/** What a script may learn of the network; IPv4 only, as these functions were defined. */
interface Names {
  /** The address of a name as dotted numbers, or the empty text. */
  String resolve(String host);

  /** This machine's own address as dotted numbers. */
  String own();
}
