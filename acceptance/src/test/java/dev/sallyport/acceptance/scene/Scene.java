package dev.sallyport.acceptance.scene;

import java.io.IOException;

/**
 * One network as a customer has it, and what must get through.
 *
 * @param name for the command line
 * @param meaning one line for people
 * @param needs a program without which it cannot be built, or the empty text
 */
record Scene(String name, String meaning, String needs, Play play) {
  /** Builds the network and asserts; what was built is removed afterwards. */
  interface Play {
    void on(Ground ground) throws IOException;
  }

  static Scene of(String name, String meaning, Play play) {
    return new Scene(name, meaning, "", play);
  }

  static Scene with(String program, String name, String meaning, Play play) {
    return new Scene(name, meaning, program, play);
  }
}
