package dev.sallyport.server.store;

import java.nio.file.Path;

/** A program that writes from several threads, prints what was acknowledged, and waits to be killed. */
final class KilledWriter {

  private static final int CALLERS = 8;

  private KilledWriter() {
  }

  public static void main(String[] args) {
    var store = DatabaseStore.open(new Database.Sqlite(Path.of(args[0])));
    for (int caller = 0; caller < CALLERS; caller++) {
      String prefix = args[1] + "/" + caller + "/";
      Thread.ofPlatform().start(() -> {
        for (int i = 0; true; i++) {
          String name = prefix + i;
          store.write(sql -> StoreContract.insert(sql, name));
          System.out.println("stored " + name + "."); // the last line may be cut short: without its dot it does not count
        }
      });
    }
  }
}
