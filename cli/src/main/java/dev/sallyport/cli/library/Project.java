package dev.sallyport.cli.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The beginning of a library: a pom, a manifest, a class. The interface that it implements is taken from this distribution and left out of the
 * jar, for the agent has it.
 */
final class Project {
  private static final String POM = """
      <?xml version="1.0" encoding="UTF-8"?>
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.example</groupId>
        <artifactId>NAME</artifactId>
        <version>1.0.0</version>
        <properties>
          <maven.compiler.release>25</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencies>
          <dependency>
            <groupId>dev.sallyport</groupId>
            <artifactId>sallyport-library-api</artifactId>
            <version>1</version>
            <scope>system</scope>
            <systemPath>API</systemPath>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <artifactId>maven-compiler-plugin</artifactId>
              <version>3.16.0</version>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private static final String MANIFEST = """
      {
        "api": 1,
        "id": "NAME",
        "version": "1.0.0",
        "description": "Greets people.",
        "isolation": "agent",
        "main": "com.example.CLASS",
        "platforms": ["linux", "windows", "macos"],
        "permissions": ["read"],
        "functions": [
          {
            "name": "greet",
            "description": "Greets somebody.",
            "parameters": [{"name": "who", "type": "text"}],
            "result": "text",
            "changes": false
          }
        ]
      }
      """;

  private static final String CODE = """
      package com.example;

      import dev.sallyport.library.Call;
      import dev.sallyport.library.Library;

      /** The functions that META-INF/sallyport-library.json declares. */
      public final class CLASS implements Library {
        @Override
        public Object call(Call call) {
          return switch (call.function()) {
            case "greet" -> "Hello, " + call.text(0) + "!";
            default -> throw call.unknownFunction();
          };
        }
      }
      """;

  private final String name;

  Project(String name) {
    this.name = name;
  }

  void write(Path project) throws IOException {
    Path sources = project.resolve("src").resolve("main").resolve("java").resolve("com").resolve("example");
    Path resources = project.resolve("src").resolve("main").resolve("resources").resolve("META-INF");
    Files.createDirectories(sources);
    Files.createDirectories(resources);
    Files.writeString(project.resolve("pom.xml"), filled(POM));
    Files.writeString(resources.resolve("sallyport-library.json"), filled(MANIFEST));
    Files.writeString(sources.resolve(className() + ".java"), filled(CODE));
  }

  private String filled(String text) {
    return text.replace("NAME", name).replace("CLASS", className()).replace("API", api());
  }

  /** The interface's jar of this distribution. */
  private static String api() {
    return Path.of(System.getProperty("sallyport.home", "."), "lib", "library-api.jar").toAbsolutePath().toString();
  }

  private String className() {
    var text = new StringBuilder();
    for (String word : name.split("-", -1)) {
      text.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return text.toString();
  }
}
