package dev.sallyport.server.access;

/** Which machines somebody may see, and with them all that is told of them. It is asked anew for each, so it is true at each answer. */
public interface Sight {
  /** Sees everything: for the server's own looking, and for tests. */
  Sight WHOLE = new Sight() {
    @Override
    public boolean whole() {
      return true;
    }

    @Override
    public boolean sees(String machine) {
      return true;
    }
  };

  /** Whether it is all of them, which saves asking for each. */
  boolean whole();

  /** Whether the machine of this id is one of them. */
  boolean sees(String machine);
}
