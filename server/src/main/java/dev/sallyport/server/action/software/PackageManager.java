package dev.sallyport.server.action.software;

import java.util.List;
import java.util.Map;

/** A program that installs packages: what it is to be called with, and what its answers mean. Names are spelled as {@code Spelling.PACKAGE}. */
sealed interface PackageManager permits Apt, Dnf, Zypper {
  /** As people call it. */
  String name();

  /** Its program; a machine that has this file has it. */
  String program();

  /** Learns what there is to be had now. */
  List<String> refresh();

  /** Installs packages, or brings them to their newest version. */
  List<String> install(List<String> packages);

  /** Installs one package in this version. */
  List<String> install(String name, String version);

  /** Brings packages that are installed to their newest version. */
  List<String> update(List<String> packages);

  /** Removes packages; with their settings too, where packages have settings of their own. */
  List<String> remove(List<String> packages, boolean settings);

  /** Brings everything to its newest version. */
  List<String> updateAll();

  /** Brings what mends a weakness to its newest version; of pending patches, those to be applied. */
  List<String> updateSecurity(List<Patch> pending);

  /** Asks which of these packages are installed; may fail when one is not. */
  List<String> query(List<String> packages);

  /** The versions that the answer to {@link #query} tells of. */
  Map<String, String> versions(String answer);

  /** Asks what could be updated. */
  List<String> pending();

  /** The patches that the answer to {@link #pending} tells of. */
  List<Patch> patches(String answer);
}
