package dev.sallyport.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLClassLoader;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms point one way; read from the compiled classes of every module. */
final class RoomsTest {
  /** A room, and the rooms of ours it may use. */
  private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
      Map.entry("protocol", List.of()),
      Map.entry("audit", List.of("protocol")),
      Map.entry("session", List.of("protocol")),
      Map.entry("transport", List.of("protocol", "session")),
      Map.entry("operation", List.of("protocol")),
      Map.entry("agent", List.of("protocol", "session", "transport", "operation", "library")),
      Map.entry("pac", List.of()),
      Map.entry("kerberos", List.of()),
      Map.entry("dialog", List.of()),
      Map.entry("library", List.of()),
      Map.entry("libraries", List.of("library")),
      Map.entry("gateway", List.of("protocol", "session", "transport")),
      Map.entry("server", List.of("protocol", "audit", "session", "gateway")),
      Map.entry("cli", List.of("protocol", "audit")));

  /** Rooms that go onto managed machines: nothing but the JDK's base module and themselves. */
  private static final List<String> ON_MACHINES = List.of("protocol", "session", "transport", "operation", "library",
      "agent");

  /** Modules whose folder has another name than their package. */
  private static final Map<String, String> FOLDERS = Map.of("library", "library-api", "libraries",
      "libraries/inventory");

  private static JavaClasses house;

  @BeforeAll
  static void readTheCompiledRooms() {
    Path root = SourceTree.read().root();
    var built = new ArrayList<Path>();
    for (String room : MAY_USE.keySet()) {
      Path classes = root.resolve(FOLDERS.getOrDefault(room, room)).resolve("target/classes");
      assertThat(Files.isDirectory(classes)).as("room %s is compiled before this test", room).isTrue();
      built.add(classes);
    }
    house = new ClassFileImporter().importPaths(built);
  }

  @Test
  void everyArrowPointsToARoomThatMayBeUsed() {
    MAY_USE.forEach((room, allowed) -> {
      var strangers = MAY_USE.keySet().stream().filter(other -> !other.equals(room) && !allowed.contains(other))
          .map(other -> "dev.sallyport." + other + "..").toArray(String[]::new);
      noClasses().that().resideInAPackage("dev.sallyport." + room + "..").should().dependOnClassesThat()
          .resideInAnyPackage(strangers).because(room + " may use only " + allowed).check(house);
    });
  }

  @Test
  @DisplayName("the agent's rooms need nothing but java.base: its image stays small and its attack surface known")
  void agentRoomsStandOnJavaBaseAlone() {
    String[] rooms = ON_MACHINES.stream().map(room -> "dev.sallyport." + room + "..").toArray(String[]::new);
    noClasses().that().resideInAnyPackage(rooms).should().dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "java.util.logging..", "java.sql..", "java.rmi..", "javax.naming..",
            "java.beans..",
            "javax.management..", "java.awt..", "javax.swing..", "io.netty..", "org.springframework..", "org.mozilla..",
            "com.fasterxml..",
            "tools.jackson..", "org.slf4j..")
        .check(house);
  }

  @Test
  @DisplayName("T4 T32 nothing deserialises Java objects or loads classes by a name from the wire")
  void nothingDeserialisesJavaObjects() {
    noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream").check(house);
    noClasses().should().callMethod(Class.class, "forName", String.class).check(house);
  }

  @Test
  @DisplayName("T32 the server and what it stands on load no classes but their own: none from an agent, an upload or a URL")
  void theServerLoadsNoForeignClasses() {
    noClasses().that()
        .resideInAnyPackage("dev.sallyport.server..", "dev.sallyport.gateway..", "dev.sallyport.protocol..",
            "dev.sallyport.session..")
        .should().dependOnClassesThat().areAssignableTo(URLClassLoader.class).orShould()
        .beAssignableTo(ClassLoader.class).orShould().callMethod(ClassLoader.class, "loadClass", String.class)
        .because("libraries are code for machines; the server only reads what they say of themselves").check(house);
  }

  @Test
  void sessionKnowsNeitherSocketsNorClocks() {
    DescribedPredicate<JavaClass> sockets = resideInAnyPackage("java.net..", "java.nio.channels..", "javax.net..")
        .and(not(belongToAnyOf(URI.class, URISyntaxException.class, URLDecoder.class)));
    noClasses().that().resideInAnyPackage("dev.sallyport.session..", "dev.sallyport.protocol..").should()
        .dependOnClassesThat(sockets).because("an address is only a name, but whoever opens it is no codec")
        .check(house);
    noClasses().that().resideInAPackage("dev.sallyport.session..").should()
        .callMethod(System.class, "currentTimeMillis").orShould()
        .callMethod(System.class, "nanoTime").check(house);
  }

  @Test
  void featuresOfTheServerFormNoCycle() {
    slices().matching("dev.sallyport.server.(*)..").should().beFreeOfCycles().check(house);
  }

  @Test
  void packagesOfEachRoomFormNoCycle() {
    for (String room : MAY_USE.keySet()) {
      slices().matching("dev.sallyport." + room + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true)
          .because("a small room is one package").check(house);
    }
  }

  @Test
  void controllersLiveWithTheirFeature() {
    classes().that().haveSimpleNameEndingWith("Controller").should().resideInAPackage("dev.sallyport.server..")
        .check(house);
  }
}
